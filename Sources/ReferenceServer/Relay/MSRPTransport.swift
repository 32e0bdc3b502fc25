import MSRP
import Network
import SDP

/// The connections of the MSRP port: bytes on one side, messages on the other.
///
/// RFC 4975 §5.4; sessions that the server relays and sessions of its own may share one.
struct MSRPTransport {
    enum Activity: Equatable {
        /// Armed when a connection is accepted, and cancelled by the first message for a session.
        case watch(ConnectionID)
        case unwatch(ConnectionID)
        case connect(ConnectionID, SocketAddress)
        case connectSecurely(ConnectionID, SocketAddress, expecting: ExpectedPeer)
        case write(ConnectionID, [UInt8])
        case close(ConnectionID)
    }

    private struct Connection {
        var framer: MSRPStreamFramer
        /// The sessions that use the connection, by the session-id of the server's path.
        var sessions: Set<String> = []
        /// What is known of the certificate of whoever has opened the connection.
        var fingerprints: Set<CertificateFingerprint> = []
        /// Whether the server has opened the connection, to whom it expected.
        var isOwn = false
    }

    /// How connections are secured.
    enum Security {
        case none
        /// By certificates that are known by their fingerprints in the descriptions.
        case fingerprints
    }

    /// What some bytes hold.
    struct Reception {
        var messages: [MSRPMessage] = []
        /// Whether what follows cannot be read any more.
        var isBroken = false
    }

    let limits: ReferenceServer.Limits
    let security: Security
    /// What the parties have said of their certificates.
    var certificates: DescribedCertificates
    private var connections: [ConnectionID: Connection] = [:]

    init(limits: ReferenceServer.Limits, security: Security = .none) {
        self.limits = limits
        self.security = security
        certificates = DescribedCertificates(capacity: limits.sessions)
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
        guard let first = path.first, let uri = try? MSRPURI(parsing: first), let address = uri.address,
            uri.isSecure == (security == .fingerprints), connections.count < limits.connections
        else { return nil }
        let peer = expectedPeer(at: uri, first)
        let id = numbers.take()
        connections[id] = connection
        connections[id]?.sessions = [session]
        connections[id]?.isOwn = true
        return (id, [uri.isSecure ? .connectSecurely(id, address, expecting: peer) : .connect(id, address)])
    }

    /// Who has to be at an end: whoever its description gives the fingerprint of, or has a certificate for its host.
    ///
    /// RFC 4975 §14.4
    private func expectedPeer(at uri: MSRPURI, _ text: String) -> ExpectedPeer {
        certificates.fingerprint(of: text).flatMap { CertificateFingerprint($0) }.map { .fingerprint($0) }
            ?? .name(uri.host)
    }

    /// Notes who has opened a connection.
    mutating func certified(_ id: ConnectionID, _ fingerprints: Set<CertificateFingerprint>) {
        connections[id]?.fingerprints = fingerprints
    }

    /// Whether the author of a message is who the description of its session says that he is.
    ///
    /// RFC 4975 §14.4; where the description tells of no certificate there is nothing to compare.
    func isGenuine(_ message: MSRPMessage, on id: ConnectionID) -> Bool {
        guard security == .fingerprints, let connection = connections[id], !connection.isOwn,
            let origin = message.fromPath.first,
            let expected = certificates.fingerprint(of: origin).flatMap({ CertificateFingerprint($0) })
        else { return true }
        return connection.fingerprints.contains(expected)
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
        guard let address = IPAddress(host: host) else { return nil }
        return SocketAddress(address, port: port ?? 2855)
    }
}

extension MSRPMessage {
    /// The session-id that the next hop of the message is to know.
    var session: String? { toPath.first.flatMap { try? MSRPURI(parsing: $0) }?.sessionID }
}
