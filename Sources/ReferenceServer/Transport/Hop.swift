import Network
import SIPTransactions

/// The way that a SIP message goes to the next element.
enum Hop: SIPHop {
    case datagram(local: SocketAddress, remote: SocketAddress)
    case connection(ConnectionID)

    var isReliable: Bool {
        switch self {
        case .datagram: false
        case .connection: true
        }
    }

    /// The name of the transport in a Via.
    var transport: String {
        switch self {
        case .datagram: "UDP"
        case .connection: "TCP"
        }
    }
}

/// The numbers of the connections that the server opens: even ones from 0.
struct ConnectionNumbers {
    private var next = 0

    mutating func take() -> ConnectionID {
        defer { next += 2 }
        return ConnectionID(next)
    }
}
