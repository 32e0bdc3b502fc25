import Network

extension TransportProtocol {
    /// The parameter of a URI that leads here by this transport, with the semicolon before it.
    ///
    /// RFC 3261 §19.1.1; RFC 5630 §3.1.3 for TLS on one hop, which is not yet what sips promises
    var parameter: String {
        switch self {
        case .udp: ""
        case .tcp, .tls: ";transport=\(rawValue)"
        }
    }
}
