import Network
import SIPTransactions

/// The way that a SIP message goes to the next element.
enum Hop: SIPHop {
    case datagram(local: SocketAddress, remote: SocketAddress)
    case connection(ConnectionID, TransportProtocol)

    var isReliable: Bool {
        switch self {
        case .datagram: false
        case .connection: true
        }
    }

    var transport: TransportProtocol {
        switch self {
        case .datagram: .udp
        case .connection(_, let transport): transport
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
