import Bytes
import MSRP
import Network

/// The sessions of which the server itself is one end, beside those that it relays.
///
/// RFC 4975 §5.4 and §7
struct MSRPEndpoint {
    /// One end of a session, as offer and answer have settled it.
    struct End: Equatable {
        let localURI: MSRPURI
        /// The path of the party as written.
        let remotePath: [String]
        let role: MSRPSession.Role
        /// The types that the server has said it accepts.
        var acceptedTypes = ["*"]
        var chunkSize = 2048
        var answering = MSRPSession.Answering.atOnce

        /// The session-id of the server's URI, by which messages find the session.
        var session: String { localURI.sessionID ?? "" }
    }

    enum Command: Equatable {
        case open(End)
        case send(MSRPOutgoing, session: String)
        /// Answers a message that waits to be judged.
        case judge(messageID: String, MSRPStatusCode, session: String)
        case report(MSRPReport, session: String)
        case close(session: String)
    }

    /// What the owner of a session hears.
    enum Notice: Equatable {
        /// Messages can pass.
        case connected
        /// A message has arrived completely.
        case delivered(MSRPIncoming)
        /// Every chunk of a message has been answered 200, or one of them with another status.
        case answered(messageID: String, status: Int)
        /// A chunk was not answered in time, or the connection ended before it was.
        case unanswered(messageID: String)
        case reported(messageID: String, status: Int)
        /// The connection has ended or could not be opened.
        case closed
    }

    /// A timer of one session.
    struct Timer: Hashable {
        let session: String
        let timer: MSRPSession.Timer
    }

    enum Effect: Equatable {
        /// A connection is wanted along this path.
        case open(session: String, along: [String])
        case write([UInt8], ConnectionID)
        /// The session uses the connection from now on.
        case bind(session: String, ConnectionID)
        case release(session: String, ConnectionID)
        case arm(Timer, after: Duration)
        case disarm(Timer)
        case notice(Notice, session: String)
    }

    let limits: ReferenceServer.Limits
    private var generator: SeededGenerator
    private var sessions: [String: MSRPSession] = [:]

    init(limits: ReferenceServer.Limits, generator: SeededGenerator) {
        self.limits = limits
        self.generator = generator
    }

    var sessionCount: Int { sessions.count }

    // MARK: What owners ask for

    mutating func perform(_ command: Command) -> [Effect] {
        switch command {
        case .open(let end): open(end)
        case .send(let message, let session): handle(.send(message), at: session)
        case .judge(let messageID, let status, let session): handle(.judged(messageID: messageID, status), at: session)
        case .report(let report, let session): handle(.report(report), at: session)
        case .close(let session): close(session)
        }
    }

    private mutating func open(_ end: End) -> [Effect] {
        let path = end.remotePath.compactMap { try? MSRPURI(parsing: $0) }
        guard !path.isEmpty, path.count == end.remotePath.count else {
            return [.notice(.closed, session: end.session)]
        }
        sessions[end.session] = MSRPSession(
            localPath: [end.localURI], remotePath: path, role: end.role,
            terms: MSRPSession.Terms(
                acceptedTypes: end.acceptedTypes, maximumSize: limits.messageSize, chunkSize: end.chunkSize,
                answering: end.answering),
            generator: generator.split())
        return end.role == .opens ? [.open(session: end.session, along: end.remotePath)] : []
    }

    private mutating func close(_ session: String) -> [Effect] {
        let effects = handle(.end, at: session)
        let connection = sessions.removeValue(forKey: session)?.connection
        return effects + (connection.map { [.release(session: session, ConnectionID($0))] } ?? [])
    }

    // MARK: What the network says

    /// The connection that a session has asked for, or nil when there is none to be had.
    mutating func opening(_ session: String, on id: ConnectionID?) -> [Effect] {
        guard let id else { return [.notice(.closed, session: session)] }
        sessions[session]?.connection = id.number
        return []
    }

    mutating func connected(_ id: ConnectionID) -> [Effect] {
        bound(to: id).flatMap { session in
            handle(.connected, at: session) + [.notice(.connected, session: session)]
        }
    }

    mutating func closed(_ id: ConnectionID) -> [Effect] {
        bound(to: id).flatMap { session in
            let effects = handle(.closed, at: session)
            sessions[session]?.connection = nil
            return effects + [.notice(.closed, session: session)]
        }
    }

    /// Takes a message that is for one of the sessions.
    ///
    /// - Returns: nil when it is for none.
    mutating func receive(_ message: MSRPMessage, on id: ConnectionID) -> [Effect]? {
        guard let session = message.session, let place = sessions.index(forKey: session) else { return nil }
        // In place, because a copy of a session copies what has arrived of a message.
        let connection = sessions.values[place].connection
        guard connection ?? id.number == id.number else {
            return message.answer(.boundElsewhere).map { [.write($0.serialized(), id)] } ?? []
        }
        sessions.values[place].connection = id.number
        let effects = translate(sessions.values[place].handle(.message(message)), session: session)
        guard connection == nil else { return effects }
        return [.bind(session: session, id), .notice(.connected, session: session)] + effects
    }

    mutating func timer(_ timer: Timer) -> [Effect] { handle(.timer(timer.timer), at: timer.session) }

    private func bound(to id: ConnectionID) -> [String] {
        sessions.filter { $0.value.connection == id.number }.keys.sorted()
    }

    private mutating func handle(_ event: MSRPSession.Event, at session: String) -> [Effect] {
        guard let place = sessions.index(forKey: session) else { return [] }
        return translate(sessions.values[place].handle(event), session: session)
    }

    private func translate(_ effects: [MSRPSession.Effect], session: String) -> [Effect] {
        effects.compactMap { effect in
            switch effect {
            case .write(let bytes):
                sessions[session]?.connection.map { .write(bytes, ConnectionID($0)) }
            case .arm(let timer, let delay): .arm(Timer(session: session, timer: timer), after: delay)
            case .cancel(let timer): .disarm(Timer(session: session, timer: timer))
            case .delivered(let message): .notice(.delivered(message), session: session)
            case .answered(let messageID, let status):
                .notice(.answered(messageID: messageID, status: status), session: session)
            case .timedOut(let messageID), .lost(let messageID):
                .notice(.unanswered(messageID: messageID), session: session)
            case .reported(let messageID, let status, _):
                .notice(.reported(messageID: messageID, status: status), session: session)
            // The port frames the bytes, and closes what nobody uses.
            case .aborted, .enclosed, .rejected, .close: nil
            }
        }
    }
}
