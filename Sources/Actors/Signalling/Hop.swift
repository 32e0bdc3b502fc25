import Network
import SIPSyntax
import SIPTransactions

/// How a client reaches the next SIP element: a transport, an address, and the connection that a request came on.
struct Hop: SIPHop {
    let transport: TransportProtocol
    let remote: SocketAddress
    /// The connection on which the request arrived, for its responses; nil lets the client choose.
    let connection: ConnectionID?

    init(_ transport: TransportProtocol, _ remote: SocketAddress, connection: ConnectionID? = nil) {
        self.transport = transport
        self.remote = remote
        self.connection = connection
    }

    var isReliable: Bool { transport.isReliable }
}

extension IMClient.Profile {
    /// Where a request goes: within a dialog by its route set or remote target, else to the outbound proxy.
    ///
    /// RFC 3261 §8.1.2; a name that is not an address is left to the outbound proxy to resolve.
    func hop(for request: SIPMessage) -> Hop {
        let routes = (try? request.routes()) ?? []
        let isWithinDialog = (try? request.to())?.tag != nil
        guard !routes.isEmpty || isWithinDialog,
            let uri = routes.first?.sipURI ?? request.requestURI.flatMap({ try? SIPURI(parsing: $0) }),
            let address = IPAddress(host: uri.host)
        else { return Hop(sipTransport, server) }
        return Hop(sipTransport, SocketAddress(address, port: uri.port ?? sipTransport.sipPort))
    }
}
