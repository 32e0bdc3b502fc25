import Bytes
import Conformance
import MSRP
import Network
import SDP

/// The MSRP endpoint of a client: its connections, its sessions, and which belongs to which.
///
/// RFC 4975 §5.4 and §7
struct UserPlane: Sendable {
    enum Effect: Sendable {
        case network(NodeEffect)
        case arm(Timer, after: Duration)
        case cancel(Timer)
        case event(MediaEvent, session: String)
        case trouble(String)
    }

    /// A timer of one session.
    struct Timer: Hashable, Sendable {
        let session: String
        let timer: MSRPSession.Timer
    }

    /// How many connections there may be; what is accepted beyond them is closed at once.
    static let capacity = 64

    private let profile: IMClient.Profile
    private let defects: Set<ClientDefect>
    private var generator: SeededGenerator
    private var sessions: [String: MSRPSession] = [:]
    private var connections: [ConnectionID: MSRPConnection] = [:]
    /// The connection of each session that has one, or waits for one of its own to open.
    private var links: [String: ConnectionID] = [:]
    /// What peers have said of their certificates, and what is known of those of whoever has opened a connection.
    private var certificates = DescribedCertificates(capacity: 1000)
    private var shown: [ConnectionID: Set<CertificateFingerprint>] = [:]
    /// Two above a multiple of six, so that it is even and never one of the connections for SIP or documents.
    private var nextNumber = 2

    /// The changes that the current step makes to what is composed during it.
    var mutations: [Mutation] = [] {
        didSet { for id in sessions.keys { alter(id) } }
    }

    init(_ profile: IMClient.Profile, defects: Set<ClientDefect>, generator: SeededGenerator) {
        self.profile = profile
        self.defects = defects
        self.generator = generator
    }

    // MARK: What procedures ask for

    mutating func perform(_ command: MediaCommand) -> [Effect] {
        switch command {
        case .open(let leg): return open(leg)
        case .send(var message, let session):
            for defect in ClientDefect.allCases where defects.contains(defect) { defect.alter(&message) }
            // The header of a wrapper is long beside a short text; both are cut, and neither into crumbs.
            if message.contentType.hasPrefix("message/cpim"), message.chunkSize == nil {
                message.chunkSize = profile.chunkSize * 16
            }
            return handle(.send(message), at: session)
        case .abort(let messageID, let session): return handle(.abort(messageID: messageID), at: session)
        case .stop(let session): return handle(.stopArrivals, at: session)
        case .close(let session):
            let effects = handle(.end, at: session)
            sessions[session] = nil
            guard let link = links.removeValue(forKey: session), !links.values.contains(link) else { return effects }
            connections[link] = nil
            return effects + [.network(.close(link))]
        }
    }

    mutating func timer(_ timer: Timer) -> [Effect] { handle(.timer(timer.timer), at: timer.session) }

    // MARK: What the network says

    mutating func accepted(_ id: ConnectionID) -> [Effect] {
        guard connections.count < Self.capacity else { return [.network(.close(id))] }
        connections[id] = MSRPConnection(number: id.number)
        return []
    }

    /// Notes who has opened a connection.
    mutating func certified(_ id: ConnectionID, _ fingerprints: Set<CertificateFingerprint>) {
        if connections[id] != nil { shown[id] = fingerprints }
    }

    /// Notes by which certificates the sessions of a description are known.
    mutating func note(_ description: SessionDescription) { certificates.note(description) }

    mutating func connected(_ id: ConnectionID) -> [Effect] {
        guard connections[id] != nil else { return [] }
        return bound(to: id).flatMap { session in
            handle(.connected, at: session) + [.event(.connected, session: session)]
        }
    }

    mutating func received(_ bytes: [UInt8], on id: ConnectionID) -> [Effect] {
        guard var connection = connections[id] else { return [] }
        let outputs = connection.receive(bytes, for: &sessions)
        connections[id] = connection
        let news = sessions.filter { $0.value.connection == id.number && links[$0.key] == nil }.keys.sorted()
        for session in news { links[session] = id }
        if let impostor = news.first(where: { !isGenuine($0, on: id) }) { return refuse(impostor, on: id) }
        return outputs.flatMap { translate($0.effect, session: $0.sessionID, on: id) }
            + news.map { .event(.connected, session: $0) }
    }

    /// Whether whoever has opened the connection is who the description of the session says that he is.
    ///
    /// RFC 4975 §14.4; where it tells of no certificate there is nothing to compare.
    private func isGenuine(_ session: String, on id: ConnectionID) -> Bool {
        guard profile.securesMedia, let remote = sessions[session]?.remotePath.first,
            let expected = certificates.fingerprint(of: remote.description).flatMap({ CertificateFingerprint($0) })
        else { return true }
        return shown[id]?.contains(expected) == true
    }

    private mutating func refuse(_ session: String, on id: ConnectionID) -> [Effect] {
        let trouble = "Whoever opened the connection for an MSRP session has another certificate than its description"
        return [.trouble(trouble), .network(.close(id))]
            + closed(id, reason: "its certificate is not the one that its description gives")
    }

    mutating func closed(_ id: ConnectionID, reason: String) -> [Effect] {
        shown[id] = nil
        guard connections.removeValue(forKey: id) != nil else { return [] }
        return bound(to: id).flatMap { session in
            let effects = handle(.closed, at: session)
            links[session] = nil
            return effects + [.event(.closed(reason: reason), session: session)]
        }
    }

    // MARK: Between the two

    private mutating func open(_ leg: MediaLeg) -> [Effect] {
        sessions[leg.session] = MSRPSession(
            localPath: [leg.localURI], remotePath: leg.remotePath, role: leg.role,
            terms: MSRPSession.Terms(acceptedTypes: leg.acceptedTypes, chunkSize: profile.chunkSize),
            generator: generator.split())
        alter(leg.session)
        guard leg.role == .opens else { return [] }
        guard let remote = leg.remotePath[0].socketAddress else {
            return [.event(.closed(reason: "\(leg.remotePath[0]) is no address"), session: leg.session)]
        }
        let id = ConnectionID(nextNumber)
        nextNumber += 6
        connections[id] = MSRPConnection(number: id.number)
        links[leg.session] = id
        guard profile.securesMedia else { return [.network(.connect(id, from: profile.address, to: remote))] }
        let peer = expectedPeer(at: leg.remotePath[0])
        return [.network(.connectSecurely(id, from: profile.address, to: remote, expecting: peer))]
    }

    /// Who has to be there: whoever the description gives the fingerprint of, or has a certificate for the host.
    ///
    /// RFC 4975 §14.4
    private func expectedPeer(at uri: MSRPURI) -> ExpectedPeer {
        certificates.fingerprint(of: uri.description).flatMap { CertificateFingerprint($0) }.map { .fingerprint($0) }
            ?? .name(uri.host)
    }

    private func bound(to id: ConnectionID) -> [String] { links.filter { $0.value == id }.keys.sorted() }

    private mutating func handle(_ event: MSRPSession.Event, at session: String) -> [Effect] {
        (sessions[session]?.handle(event) ?? []).flatMap { translate($0, session: session, on: links[session]) }
    }

    private mutating func translate(
        _ effect: MSRPSession.Effect, session: String?, on id: ConnectionID?
    ) -> [Effect] {
        switch (effect, session) {
        case (.write(let bytes), _): return id.map { [.network(.write($0, bytes))] } ?? []
        case (.arm(let timer, let delay), let session?):
            return [.arm(Timer(session: session, timer: timer), after: delay)]
        case (.cancel(let timer), let session?): return [.cancel(Timer(session: session, timer: timer))]
        case (.delivered(let message), let session?): return [.event(.delivered(message), session: session)]
        case (.answered(let message, let status), let session?):
            return [.event(.answered(messageID: message, status: status), session: session)]
        case (.timedOut(let message), let session?), (.lost(let message), let session?):
            return [.event(.unanswered(messageID: message), session: session)]
        case (.reported(let message, let status, _), let session?):
            return [.event(.reported(messageID: message, status: status), session: session)]
        case (.enclosed(let content), let session?): return [.event(.enclosed(content), session: session)]
        case (.aborted, let session?): return [.event(.abandoned, session: session)]
        case (.rejected(_, let error), _):
            return [.trouble("What came by MSRP breaks \(error.rule.rawValue) at byte \(error.offset)")]
        case (.close, nil):
            // The connection gives itself up; its sessions have heard of it.
            guard let id, connections.removeValue(forKey: id) != nil else { return [] }
            let orphans = bound(to: id)
            for orphan in orphans { links[orphan] = nil }
            return [.network(.close(id))]
                + orphans.map { .event(.closed(reason: "the MSRP stream is broken"), session: $0) }
        case (.close, _), (.arm, nil), (.cancel, nil), (.delivered, nil), (.answered, nil), (.timedOut, nil),
            (.lost, nil), (.reported, nil), (.enclosed, nil), (.aborted, nil):
            return []
        }
    }

    private mutating func alter(_ session: String) {
        guard let local = sessions[session]?.localURI else { return }
        let standing = ClientDefect.allCases.filter(defects.contains).flatMap { $0.alterations(from: local) }
        sessions[session]?.alterations = standing + mutations.compactMap(MSRPAlteration.init)
    }
}

extension MSRPURI {
    /// The address and port to connect to; nil where the host is a name.
    fileprivate var socketAddress: SocketAddress? {
        IPAddress(host: host).map { SocketAddress($0, port: port ?? 2855) }
    }
}

extension MSRPAlteration {
    /// The alteration that the mutation asks for; one of another protocol alters nothing.
    fileprivate init?(_ mutation: Mutation) {
        let change: Change =
            switch mutation.change {
            case .set(let field, let value): .set(MSRPFieldName(field), value)
            case .omit(let field): .omit(MSRPFieldName(field))
            case .repeat(let times): .repeat(min(max(times, 0), 100))
            case .raw(let text): .raw(Array(text.utf8))
            }
        guard mutation.message == "SEND" || mutation.message == "REPORT" else { return nil }
        self = .alter(mutation.message, change)
    }
}
