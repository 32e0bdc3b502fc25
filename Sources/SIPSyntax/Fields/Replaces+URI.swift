import Bytes

extension Replaces {
    /// The field that a URI asks for in the request that is made of it, as the entry of a list does; nil without one.
    ///
    /// RFC 3261 §19.1.5, RFC 5366 §5
    package init?(inHeadersOf uri: String) {
        guard let header = (try? SIPURI(parsing: uri))?.headers.first(where: { $0.name.lowercased() == "replaces" }),
            let value = header.value.removingPercentEscapes, let replaces = try? Replaces(parsing: value)
        else { return nil }
        self = replaces
    }
}
