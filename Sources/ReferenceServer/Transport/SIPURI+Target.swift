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
    /// - Returns: nil for a host name, for SIPS, and for transports other than UDP and TCP.
    var target: Target? {
        guard !isSecure, let address = IPAddress(host: host) else { return nil }
        let name = parameters.first("transport")?.text?.lowercased()
        guard let transport = TransportProtocol(rawValue: name ?? "udp") else { return nil }
        return Target(transport: transport, address: SocketAddress(address, port: port ?? 5060))
    }
}
