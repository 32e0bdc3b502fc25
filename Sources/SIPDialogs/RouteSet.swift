import SIPSyntax

/// The proxies that every request of a dialog passes, nearest first.
///
/// RFC 3261 §12.1 and §12.2.1.1
package struct RouteSet: Hashable, Sendable {
    /// The elements as the Record-Route fields spelled them.
    package let routes: [String]

    package init(_ routes: [String] = []) {
        self.routes = routes
    }

    /// The Request-URI and the Route fields of a request for the remote target.
    func addressing(_ remoteTarget: String) -> (requestURI: String, routes: [String]) {
        guard let first = routes.first, let address = try? NameAddress(parsing: first) else {
            return (remoteTarget, routes)
        }
        guard address.isStrictRouter else { return (remoteTarget, routes) }
        return (address.requestURI, routes.dropFirst() + ["<\(remoteTarget)>"])
    }
}

extension NameAddress {
    fileprivate var isStrictRouter: Bool {
        guard let sipURI else { return false }
        return sipURI.parameter("lr") == nil
    }

    /// The URI with what may not stand in a Request-URI left out.
    ///
    /// RFC 3261 §19.1.1, Table 1: no method parameter and no headers.
    fileprivate var requestURI: String {
        guard var bare = sipURI else { return uri }
        bare.parameters.removeAll { $0.name.lowercased() == "method" }
        bare.headers = []
        return bare.description
    }
}
