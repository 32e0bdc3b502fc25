import MSRP
import Network

/// The connections of the MSRP port: bytes on one side, messages on the other.
///
/// RFC 4975 §5.4; sessions that the server relays and sessions of its own may share one.
struct MSRPTransport {
    enum Activity: Equatable {
        /// Armed when a connection is accepted, and cancelled by the first message for a session.
        case watch(ConnectionID)
        case unwatch(ConnectionID)
        case connect(ConnectionID, SocketAddress)
        case write(ConnectionID, [UInt8])
        case close(ConnectionID)
    }

    private struct Connection {
        var framer: MSRPStreamFramer
        /// The sessions that use the connection, by the session-id of the server's path.
        var sessions: Set<String> = []
    }

    /// What some bytes hold.
    struct Reception {
        var messages: [MSRPMessage] = []
        /// Whether what follows cannot be read any more.
        var isBroken = false
    }

    let limits: ReferenceServer.Limits
    private var connections: [ConnectionID: Connection] = [:]

    init(limits: ReferenceServer.Limits) {
        self.limits = limits
    }

    var connectionCount: Int { connections.count }

    func owns(_ id: ConnectionID) -> Bool { connections[id] != nil }

    /// How many bytes of a connection are no whole message yet.
    func pendingCount(on id: ConnectionID) -> Int { connections[id]?.framer.remaining.count ?? 0 }

    mutating func accept(_ id: ConnectionID) -> [Activity] {
        guard connections.count < limits.connections else { return [.close(id)] }
        connections[id] = connection
        return [.watch(id)]
    }

    /// Opens a connection for a session along its path.
    ///
    /// - Returns: nil when that is impossible.
    mutating func open(
        along path: [String], for session: String, numbers: inout ConnectionNumbers
    ) -> (ConnectionID, [Activity])? {
        guard let first = path.first, let address = (try? MSRPURI(parsing: first))?.address,
            connections.count < limits.connections
        else { return nil }
        let id = numbers.take()
        connections[id] = connection
        connections[id]?.sessions = [session]
        return (id, [.connect(id, address)])
    }

    mutating func receive(_ bytes: [UInt8], on id: ConnectionID) -> Reception {
        var reception = Reception()
        connections[id]?.framer.append(bytes)
        do throws(MSRPSyntaxError) {
            while let whole = try connections[id]?.framer.next() {
                reception.messages.append(try MSRPMessage(parsing: whole))
            }
        } catch {
            // Where the next message begins cannot be told.
            reception.isBroken = true
        }
        return reception
    }

    func write(_ message: MSRPMessage, on id: ConnectionID) -> [Activity] { write(message.serialized(), on: id) }

    func write(_ bytes: [UInt8], on id: ConnectionID) -> [Activity] { owns(id) ? [.write(id, bytes)] : [] }

    /// Notes that a session uses the connection.
    mutating func bind(_ id: ConnectionID, to session: String) -> [Activity] {
        guard let before = connections[id]?.sessions else { return [] }
        connections[id]?.sessions.insert(session)
        return before.isEmpty ? [.unwatch(id)] : []
    }

    /// Notes that a session no longer uses the connection, which closes when no other does.
    mutating func release(_ id: ConnectionID, from session: String) -> [Activity] {
        guard connections[id]?.sessions.remove(session) != nil, connections[id]?.sessions.isEmpty == true else {
            return []
        }
        return close(id)
    }

    /// Forgets a connection that has ended.
    mutating func closed(_ id: ConnectionID) -> [Activity] {
        connections.removeValue(forKey: id) == nil ? [] : [.unwatch(id)]
    }

    /// A connection has had its time to name a session.
    mutating func halfOpen(_ id: ConnectionID) -> [Activity] {
        connections[id]?.sessions.isEmpty == true ? close(id) : []
    }

    mutating func close(_ id: ConnectionID) -> [Activity] {
        connections.removeValue(forKey: id) == nil ? [] : [.unwatch(id), .close(id)]
    }

    private var connection: Connection {
        Connection(framer: MSRPStreamFramer(limits: .init(chunk: limits.connectionBuffer)))
    }
}

extension MSRPURI {
    /// The address that the URI leads to, when its host is one.
    ///
    /// RFC 4975 §6: port 2855 unless it names one
    var address: SocketAddress? {
        guard !isSecure, let address = IPAddress(host: host) else { return nil }
        return SocketAddress(address, port: port ?? 2855)
    }
}

extension MSRPMessage {
    /// The session-id that the next hop of the message is to know.
    var session: String? { toPath.first.flatMap { try? MSRPURI(parsing: $0) }?.sessionID }
}
