import Network
import SIPSyntax

/// The transport layer of the server: datagrams and streams on one side, messages on the other.
///
/// RFC 3261 §18
struct SIPTransport {
    /// Something whole that came from the network.
    typealias Arrival = (message: SIPMessage, hop: Hop)

    enum Activity: Equatable {
        /// Armed when a connection is accepted, and cancelled by its first whole message.
        case watch(ConnectionID)
        case unwatch(ConnectionID)
        case network(NodeEffect)
    }

    private struct Connection {
        var framer = SIPStreamFramer()
        let remote: SocketAddress
        /// What waits for the connection to open; nil once it is open.
        var waiting: [[UInt8]]?
        /// Where the peer says that it listens.
        var listensAt: SocketAddress?
        var hasSpoken = false
    }

    let local: SocketAddress
    /// What connections are opened and accepted over, and what datagrams.
    let transports: Set<TransportProtocol>
    let limits: ReferenceServer.Limits
    private var connections: [ConnectionID: Connection] = [:]

    /// The connection by which a peer that listens at an address can be reached.
    private var reachable: [SocketAddress: ConnectionID] = [:]

    init(local: SocketAddress, transports: Set<TransportProtocol>, limits: ReferenceServer.Limits) {
        self.local = local
        self.transports = transports
        self.limits = limits
    }

    private var streamTransport: TransportProtocol { transports.contains(.tls) ? .tls : .tcp }

    func owns(_ id: ConnectionID) -> Bool { connections[id] != nil }

    /// How many bytes of a connection are no whole message yet.
    func pendingCount(on id: ConnectionID) -> Int { connections[id]?.framer.pending.count ?? 0 }

    /// The address that messages over this hop come from.
    func source(of hop: Hop) -> IPAddress? {
        switch hop {
        case .datagram(_, let remote): remote.address
        case .connection(let id, _): connections[id]?.remote.address
        }
    }

    func receive(datagram: [UInt8], from source: SocketAddress, to local: SocketAddress) -> Arrival? {
        guard var message = try? SIPMessage(parsing: datagram) else { return nil }
        guard message.isRequest else { return (message, .datagram(local: local, remote: source)) }
        message.noteSource(source)
        return (message, .datagram(local: local, remote: message.responseAddress(source)))
    }

    mutating func accept(_ id: ConnectionID, from remote: SocketAddress) -> [Activity] {
        guard connections.count < limits.connections else { return [.network(.close(id))] }
        connections[id] = Connection(remote: remote)
        return [.watch(id)]
    }

    mutating func connected(_ id: ConnectionID) -> [Activity] {
        let waiting = connections[id]?.waiting ?? []
        connections[id]?.waiting = nil
        return waiting.map { .network(.write(id, $0)) }
    }

    mutating func receive(_ bytes: [UInt8], on id: ConnectionID) -> (arrivals: [Arrival], activities: [Activity]) {
        guard let remote = connections[id]?.remote else { return ([], []) }
        connections[id]?.framer.append(bytes)
        var arrivals: [Arrival] = []
        do throws(SIPSyntaxError) {
            while let whole = try connections[id]?.framer.next() {
                guard var message = try? SIPMessage(parsing: whole) else { continue }
                if message.isRequest {
                    message.noteSource(remote)
                    note(message, from: remote, on: id)
                }
                arrivals.append((message, .connection(id, streamTransport)))
            }
        } catch {
            return (arrivals, close(id))
        }
        guard connections[id]?.framer.pending.count ?? 0 <= limits.connectionBuffer else {
            return (arrivals, close(id))
        }
        guard connections[id]?.hasSpoken == false, !arrivals.isEmpty else { return (arrivals, []) }
        connections[id]?.hasSpoken = true
        return (arrivals, [.unwatch(id)])
    }

    /// Forgets a connection that has ended.
    mutating func closed(_ id: ConnectionID) {
        connections[id] = nil
        reachable = reachable.filter { $0.value != id }
    }

    mutating func close(_ id: ConnectionID) -> [Activity] {
        guard owns(id) else { return [] }
        closed(id)
        return [.unwatch(id), .network(.close(id))]
    }

    mutating func send(_ bytes: [UInt8], over hop: Hop) -> [Activity] {
        switch hop {
        case .datagram(let local, let remote):
            return [.network(.datagram(bytes, from: local, to: remote))]
        case .connection(let id, _):
            guard let connection = connections[id] else { return [] }
            guard let waiting = connection.waiting else { return [.network(.write(id, bytes))] }
            let size = waiting.reduce(bytes.count) { $0 + $1.count }
            guard size <= limits.connectionBuffer else { return close(id) }
            connections[id]?.waiting = waiting + [bytes]
            return []
        }
    }

    /// The hop to a target, over a connection that is open or opened now.
    mutating func hop(to target: Target, numbers: inout ConnectionNumbers) -> (hop: Hop, activities: [Activity])? {
        guard transports.contains(target.transport) else { return nil }
        switch target.transport {
        case .udp:
            return (.datagram(local: local, remote: target.address), [])
        case .tcp, .tls:
            if let id = reachable[target.address] { return (.connection(id, target.transport), []) }
            guard connections.count < limits.connections else { return nil }
            let id = numbers.take()
            connections[id] = Connection(remote: target.address, waiting: [])
            reachable[target.address] = id
            // Who listens there has said so himself in a request of his own; of what authority he is has to suffice.
            let effect =
                target.transport == .tls
                ? NodeEffect.connectSecurely(id, from: local.address, to: target.address, expecting: .trusted)
                : .connect(id, from: local.address, to: target.address)
            return (.connection(id, target.transport), [.network(effect)])
        }
    }

    /// Remembers that a peer which listens where its Via says can be reached by the connection it has opened.
    ///
    /// RFC 5923 §4, without its `alias`: only for the address that the connection comes from.
    private mutating func note(_ request: SIPMessage, from remote: SocketAddress, on id: ConnectionID) {
        guard let via = try? request.via(), IPAddress(host: via.host) == remote.address else { return }
        let address = SocketAddress(remote.address, port: via.port ?? streamTransport.sipPort)
        if let before = connections[id]?.listensAt, before != address { reachable[before] = nil }
        connections[id]?.listensAt = address
        reachable[address] = id
    }
}
