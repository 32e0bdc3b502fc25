import Bytes
import MSRP
import Network

/// The server in the path of messages: a back-to-back user agent for MSRP.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.3: every message goes on unchanged, and only the paths are those of the next leg.
struct MSRPRelay {
    enum Effect: Equatable {
        case write(ConnectionID, MSRPMessage)
        /// The leg uses the connection from now on.
        case bind(leg: String, ConnectionID)
        case release(leg: String, ConnectionID)
        /// A SEND of a session that is recorded is being passed on, as it came.
        case passed(MSRPMessage, session: Int)
        /// A message of a session that a defect wants delivered by SIP.
        case page(session: Int, to: Side, contentType: String, body: [UInt8])
    }

    /// A party of a session, for the relay: the path of the server towards it, and its own.
    struct Party {
        let side: Side
        let uri: MSRPURI
        let path: [String]
    }

    let limits: ReferenceServer.Limits
    let faults: Faults
    var generator: SeededGenerator

    /// The legs by the session-id of the server's path.
    var legs: [String: RelayLeg] = [:]
    /// The sessions of which somebody wants to have every message.
    var recorded: Set<Int> = []

    init(limits: ReferenceServer.Limits, faults: Faults, generator: SeededGenerator) {
        self.limits = limits
        self.faults = faults
        self.generator = generator
    }

    /// Whether the relay already works between these two ends of the server.
    func relays(_ first: MSRPURI, _ second: MSRPURI) -> Bool {
        guard let first = first.sessionID, let second = second.sessionID else { return false }
        return legs[first] != nil || legs[second] != nil
    }

    /// Begins to relay between the party that has offered and the one that has answered, to whom the server opens this
    /// connection; nil when there is none to be had.
    mutating func bridge(_ session: Int, offerer: Party, answerer: Party, over connection: ConnectionID?) {
        guard let offererID = offerer.uri.sessionID, let answererID = answerer.uri.sessionID else { return }
        legs[offererID] = RelayLeg(
            session: session, side: offerer.side, uri: offerer.uri, remotePath: offerer.path, other: answererID,
            link: .awaited([]))
        legs[answererID] = RelayLeg(
            session: session, side: answerer.side, uri: answerer.uri, remotePath: answerer.path, other: offererID,
            link: connection.map { .opening($0, []) } ?? .broken)
    }

    /// Goes on with another path of a party.
    mutating func redirect(_ party: Party) {
        guard let id = party.uri.sessionID else { return }
        legs[id]?.remotePath = party.path
    }

    /// The legs of a session.
    func legs(of session: Int) -> [String] { legs.filter { $0.value.session == session }.keys.sorted() }

    /// Forgets these legs of a session.
    mutating func stop(_ session: Int, legs ids: [String]) -> [Effect] {
        ids.compactMap { id in
            guard legs[id]?.session == session, let leg = legs.removeValue(forKey: id) else { return nil }
            return leg.connection.map { .release(leg: id, $0) }
        }
    }

    mutating func connected(_ id: ConnectionID) -> [Effect] {
        legs(on: id).flatMap { opened($0, on: id) }
    }

    mutating func closed(_ id: ConnectionID) -> [Effect] {
        legs(on: id).flatMap { broken($0) }
    }

    private func legs(on id: ConnectionID) -> [String] {
        legs.filter { $0.value.connection == id }.keys.sorted()
    }
}
