import Network
import SIPSyntax

/// How a proxy makes the request that it forwards.
///
/// RFC 3261 §16.3 to §16.6
struct ProxyCore {
    /// The URIs by which the server itself is meant.
    let domain: String
    let local: SocketAddress
    /// The transport that the server speaks alone; nil where it speaks several.
    var transport: TransportProtocol?

    /// Whether the URI names this server and no user of it.
    func isSelf(_ uri: SIPURI) -> Bool {
        IPAddress(host: uri.host) == local.address && (uri.port ?? defaultPort) == local.port
    }

    private var defaultPort: UInt16 { transport?.sipPort ?? 5060 }

    /// Whether users of the URI's host are users of this domain.
    func isHome(_ uri: SIPURI) -> Bool { uri.host.lowercased() == domain.lowercased() }

    /// The request without the routes that led it here.
    ///
    /// §16.4, with the care for strict routers
    func withoutOwnRoutes(_ request: SIPMessage) -> SIPMessage {
        var request = request
        var routes = request.list(.route)
        if let uri = request.sipRequestURI, isSelf(uri), uri.parameter("lr") != nil, let last = routes.popLast(),
            let method = request.method, let target = try? NameAddress(parsing: last)
        {
            request.startLine = .request(method, uri: target.uri)
        }
        while let first = routes.first, let uri = (try? NameAddress(parsing: first))?.sipURI, isSelf(uri) || isHome(uri)
        {
            routes.removeFirst()
        }
        request.setRoutes(routes)
        return request
    }

    /// The reasons not to forward: no hop left, a loop, or extensions that the proxy does not know.
    ///
    /// §16.3 steps 3 to 5
    func refusal(of request: SIPMessage) -> Refusal? {
        if (try? request.maxForwards()) == 0 { return Refusal(483) }
        let fingerprint = fingerprint(of: request)
        let hasLooped = ((try? request.vias()) ?? []).contains { via in
            IPAddress(host: via.host) == local.address && (via.port ?? defaultPort) == local.port
                && via.branch?.hasSuffix(fingerprint) == true
        }
        if hasLooped { return Refusal(482) }
        let required = request.list(.proxyRequire)
        guard required.isEmpty else {
            return Refusal(420, fields: [SIPField(.unsupported, required.joined(separator: ", "))])
        }
        return nil
    }

    /// The copy to be sent to the target, without the Via that the transport puts on it.
    ///
    /// §16.6 steps 1 to 4
    func copy(of request: SIPMessage, to target: String?, recordRoute: Bool) -> SIPMessage {
        var copy = request
        if let target, let method = request.method { copy.startLine = .request(method, uri: target) }
        copy.set(.maxForwards, String(((try? request.maxForwards()) ?? 71) - 1))
        copy.remove(.contentLength)
        if recordRoute {
            // §16.6 step 4: of the same scheme as the Request-URI
            let route = "<sip:\(local)\(transport?.sipParameter ?? "");lr>"
            copy.prepend(.recordRoute, copy.asksForSecurity ? route.asSecureContact : route)
        }
        return copy
    }

    /// What in a request decides where it goes; the same request that comes again with the same has looped.
    ///
    /// §16.6 step 8: the second part of the branch
    func fingerprint(of request: SIPMessage) -> String {
        let tags = [(try? request.to())?.tag, (try? request.from())?.tag].map { $0 ?? "" }
        let number = (try? request.cSeq()).map { String($0.number) } ?? ""
        let parts = [request.requestURI ?? "", request.callID ?? "", number] + tags + request.list(.route)
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in parts.joined(separator: "\n").utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return "." + String(hash, radix: 36)
    }
}

extension SIPMessage {
    var sipRequestURI: SIPURI? { requestURI.flatMap { try? SIPURI(parsing: $0) } }

    mutating func setRoutes(_ routes: [String]) {
        guard !routes.isEmpty else { return remove(.route) }
        set(.route, routes.joined(separator: ", "))
    }

    /// The URI that the request goes to next.
    ///
    /// RFC 3261 §8.1.2 and §16.6 step 6
    var nextHop: SIPURI? {
        guard let first = list(.route).first else { return sipRequestURI }
        return (try? NameAddress(parsing: first))?.sipURI
    }
}
