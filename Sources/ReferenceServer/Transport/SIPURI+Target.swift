import Network
import SIPSyntax

/// A transport and an address to which a URI leads.
struct Target: Hashable {
    var transport: TransportProtocol
    var address: SocketAddress
}

extension SIPURI {
    /// Where requests to this URI go.
    ///
    /// RFC 3263 §4 for hosts that are addresses; there is no DNS here.
    ///
    /// RFC 3261 §26.2.2: a URI of the scheme sips leads over TLS, also where its parameter says TCP.
    ///
    /// - Returns: nil for a host name, and for transports other than UDP, TCP and TLS.
    var target: Target? {
        guard let address = IPAddress(host: host) else { return nil }
        let name = parameters.first("transport")?.text?.lowercased()
        guard let named = TransportProtocol(rawValue: name ?? (isSecure ? "tls" : "udp")), !isSecure || named != .udp
        else { return nil }
        let transport = isSecure ? .tls : named
        return Target(
            transport: transport, address: SocketAddress(address, port: port ?? transport.sipPort))
    }
}
