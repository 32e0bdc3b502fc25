import Network
import SIPSyntax

/// The connections of a client that carry SIP over TCP or TLS, opened by it or accepted.
///
/// RFC 3261 §18 and §26.2
struct SIPConnections: Sendable {
    /// How many there may be; what is accepted beyond them is closed at once.
    static let capacity = 64

    private enum State {
        case opening(queued: [[UInt8]])
        case open
    }

    private struct Connection {
        let remote: SocketAddress
        var state: State
        var framer = SIPStreamFramer()
    }

    private let local: IPAddress
    /// Who has to be at the other end of what is secured; nil for connections that are not.
    private let expected: ExpectedPeer?
    private var connections: [ConnectionID: Connection] = [:]
    /// A multiple of six, so that it is even and never one of the connections for MSRP or documents.
    private var nextNumber = 0

    init(_ profile: IMClient.Profile) {
        local = profile.address
        expected = profile.sipTransport == .tls ? profile.serverIdentity : nil
    }

    func owns(_ id: ConnectionID) -> Bool { connections[id] != nil }

    var transport: TransportProtocol { expected == nil ? .tcp : .tls }

    /// Writes on the connection of the hop while it lasts, else on any to the same address, else opens one.
    mutating func write(_ bytes: [UInt8], over hop: Hop) -> [NodeEffect] {
        if let id = hop.connection, connections[id] != nil { return write(bytes, on: id) }
        if let id = connections.filter({ $0.value.remote == hop.remote }).keys.min(by: { $0.number < $1.number }) {
            return write(bytes, on: id)
        }
        let id = ConnectionID(nextNumber)
        nextNumber += 6
        connections[id] = Connection(remote: hop.remote, state: .opening(queued: [bytes]))
        guard let expected else { return [.connect(id, from: local, to: hop.remote)] }
        return [.connectSecurely(id, from: local, to: hop.remote, expecting: expected)]
    }

    mutating func connected(_ id: ConnectionID) -> [NodeEffect] {
        guard case .opening(let queued) = connections[id]?.state else { return [] }
        connections[id]?.state = .open
        return queued.map { .write(id, $0) }
    }

    mutating func accepted(_ id: ConnectionID, remote: SocketAddress) -> [NodeEffect] {
        guard connections.count < Self.capacity else { return [.close(id)] }
        connections[id] = Connection(remote: remote, state: .open)
        return []
    }

    /// The hop of the connection, for the requests that arrive on it.
    func hop(of id: ConnectionID) -> Hop? {
        connections[id].map { Hop(transport, $0.remote, connection: id) }
    }

    /// The whole messages that these bytes complete, and the error after which the stream means nothing any more.
    mutating func received(_ bytes: [UInt8], on id: ConnectionID) -> ([[UInt8]], SIPSyntaxError?) {
        guard var framer = connections[id]?.framer else { return ([], nil) }
        var messages: [[UInt8]] = []
        framer.append(bytes)
        do throws(SIPSyntaxError) {
            while let message = try framer.next() { messages.append(message) }
        } catch {
            return (messages, error)
        }
        connections[id]?.framer = framer
        return (messages, nil)
    }

    /// Forgets the connection and says which address it led to.
    mutating func forget(_ id: ConnectionID) -> SocketAddress? {
        connections.removeValue(forKey: id)?.remote
    }

    private mutating func write(_ bytes: [UInt8], on id: ConnectionID) -> [NodeEffect] {
        switch connections[id]?.state {
        case .opening(let queued):
            connections[id]?.state = .opening(queued: queued + [bytes])
            return []
        case .open: return [.write(id, bytes)]
        case nil: return []
        }
    }
}
