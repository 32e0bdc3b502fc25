import Bytes
import MSRP
import Network

/// The server in the path of messages: a back-to-back user agent for MSRP.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.3: every message goes on unchanged, and only the paths are those of the next leg.
struct MSRPRelay {
    enum Event {
        case accepted(ConnectionID)
        case connected(ConnectionID)
        case received(ConnectionID, [UInt8])
        case closed(ConnectionID)
        /// A connection has had its time to name a session.
        case halfOpen(ConnectionID)
    }

    enum Effect: Equatable {
        case connect(ConnectionID, SocketAddress)
        case write(ConnectionID, [UInt8])
        case close(ConnectionID)
        case watch(ConnectionID)
        case unwatch(ConnectionID)
        /// A message of a session that a defect wants delivered by SIP.
        case page(session: Int, to: Side, contentType: String, body: [UInt8])
    }

    /// A party of a session, for the relay: the path of the server towards it, and its own.
    struct Party {
        let uri: MSRPURI
        let path: [String]
    }

    private struct Connection {
        var framer: MSRPStreamFramer
        /// Whether some session uses the connection.
        var isBound: Bool
    }

    let limits: ReferenceServer.Limits
    let faults: Faults
    var generator: SeededGenerator

    /// The legs by the session-id of the server's path.
    var legs: [String: RelayLeg] = [:]
    private var connections: [ConnectionID: Connection] = [:]

    init(limits: ReferenceServer.Limits, faults: Faults, generator: SeededGenerator) {
        self.limits = limits
        self.faults = faults
        self.generator = generator
    }

    var connectionCount: Int { connections.count }

    func owns(_ id: ConnectionID) -> Bool { connections[id] != nil }

    /// Begins to relay between two parties, or goes on with other paths of theirs.
    mutating func bridge(
        _ session: Int, caller: Party, callee: Party, numbers: inout ConnectionNumbers
    ) -> [Effect] {
        guard let callerID = caller.uri.sessionID, let calleeID = callee.uri.sessionID else { return [] }
        guard legs[callerID] == nil, legs[calleeID] == nil else {
            legs[callerID]?.remotePath = caller.path
            legs[calleeID]?.remotePath = callee.path
            return []
        }
        let (link, effects) = open(callee, numbers: &numbers)
        legs[callerID] = RelayLeg(
            session: session, side: .caller, uri: caller.uri, remotePath: caller.path, other: calleeID,
            link: .awaited([]))
        legs[calleeID] = RelayLeg(
            session: session, side: .callee, uri: callee.uri, remotePath: callee.path, other: callerID, link: link)
        return effects
    }

    /// Forgets a session and closes its connections, unless another session uses them too.
    mutating func stop(_ session: Int, legs ids: [String]) -> [Effect] {
        let ended = ids.compactMap { id in
            legs[id].flatMap { $0.session == session ? legs.removeValue(forKey: id) : nil }
        }
        return ended.compactMap(\.connection).filter { id in !legs.values.contains { $0.connection == id } }
            .flatMap { close($0) }
    }

    mutating func handle(_ event: Event) -> [Effect] {
        switch event {
        case .accepted(let id):
            guard connections.count < limits.connections else { return [.close(id)] }
            connections[id] = connection(isBound: false)
            return [.watch(id)]
        case .connected(let id):
            return legs(on: id).flatMap { opened($0, on: id) }
        case .received(let id, let bytes):
            return received(bytes, on: id)
        case .closed(let id):
            connections[id] = nil
            return [.unwatch(id)] + legs(on: id).flatMap { broken($0) }
        case .halfOpen(let id):
            return connections[id]?.isBound == false ? close(id) : []
        }
    }

    /// Closes a connection that is of no use any more.
    mutating func close(_ id: ConnectionID) -> [Effect] {
        guard connections.removeValue(forKey: id) != nil else { return [] }
        return [.unwatch(id), .close(id)] + legs(on: id).flatMap { broken($0) }
    }

    /// Marks a connection as used by a session.
    mutating func bind(_ id: ConnectionID) -> [Effect] {
        guard connections[id]?.isBound == false else { return [] }
        connections[id]?.isBound = true
        return [.unwatch(id)]
    }

    private func legs(on id: ConnectionID) -> [String] {
        legs.filter { $0.value.connection == id }.keys.sorted()
    }

    private func connection(isBound: Bool) -> Connection {
        Connection(framer: MSRPStreamFramer(limits: .init(chunk: limits.connectionBuffer)), isBound: isBound)
    }

    private mutating func open(_ party: Party, numbers: inout ConnectionNumbers) -> (RelayLeg.Link, [Effect]) {
        guard let first = party.path.first, let address = (try? MSRPURI(parsing: first))?.address,
            connections.count < limits.connections
        else { return (.broken, []) }
        let id = numbers.take()
        connections[id] = connection(isBound: true)
        return (.opening(id, []), [.connect(id, address)])
    }

    private mutating func received(_ bytes: [UInt8], on id: ConnectionID) -> [Effect] {
        connections[id]?.framer.append(bytes)
        var effects: [Effect] = []
        do throws(MSRPSyntaxError) {
            while let whole = try connections[id]?.framer.next() {
                effects += received(try MSRPMessage(parsing: whole), on: id)
            }
            return effects
        } catch {
            // Where the next message begins cannot be told.
            return effects + close(id)
        }
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
