import Bytes
import MSRP
import MessageBodies

/// The texts of one session, from and to this client.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.3
struct Conversation: Sendable {
    private enum Connection: Sendable {
        case awaited
        case open
        case closed
    }

    /// The name of the session.
    let session: String
    private var agreement: MediaAgreement
    private var addressing: Addressing
    /// Whom a text is from that does not say it.
    private let peer: String
    private var identifiers: Identifiers
    private var connection = Connection.awaited
    /// What waits until the conference has told what it calls this side.
    private var waiting: [Utterance] = []
    /// Those who are writing, as far as they have told.
    private var writers: Set<String> = []
    /// What has not been acknowledged, by Message-ID.
    private var outstanding: [String: Utterance] = [:]
    /// What no report has come about, by Message-ID.
    private var unreported: [String: Utterance] = [:]

    init(
        _ session: String, with peer: String, addressing: Addressing, agreement: MediaAgreement,
        identifiers: Identifiers
    ) {
        self.session = session
        self.peer = peer
        self.addressing = addressing
        self.agreement = agreement
        self.identifiers = identifiers
    }

    var opening: [ProcedureEffect] { [.media(.open(agreement.leg))] }

    /// Closes the way of the texts; what has not been acknowledged has failed.
    var closing: [ProcedureEffect] {
        let lost = waiting + outstanding.values.sorted { $0.text < $1.text }
        return [.media(.close(session: agreement.leg.session))]
            + lost.map { .report($0.failed(in: session, because: "the session has ended")) }
    }

    /// Goes on with the peer at another address.
    mutating func move(to agreement: MediaAgreement) -> [ProcedureEffect] {
        let closing = ProcedureEffect.media(.close(session: self.agreement.leg.session))
        self.agreement = agreement
        connection = .awaited
        return [closing] + opening
    }

    /// The conversation as it goes on by force after its end: on a connection of its own making.
    var revived: Conversation {
        var revived = self
        let leg = agreement.leg
        revived.agreement.leg = MediaLeg(
            localURI: leg.localURI, remotePath: leg.remotePath, role: .opens, acceptedTypes: leg.acceptedTypes)
        revived.connection = .awaited
        revived.waiting = []
        revived.outstanding = [:]
        revived.unreported = [:]
        revived.addressing.learn(.unobservable)
        return revived
    }

    /// Sends what may have waited for this news.
    mutating func learn(_ news: SessionNews) -> [ProcedureEffect] {
        addressing.learn(news)
        guard addressing.envelope() != nil else { return [] }
        defer { waiting = [] }
        return waiting.flatMap { send($0) }
    }

    /// Sends a text, asking for the report that tells of its delivery.
    mutating func send(_ utterance: Utterance) -> [ProcedureEffect] {
        guard let wrapping = agreement.wrapping else { return failure(of: utterance, "the peer accepts no text") }
        guard connection != .closed else { return failure(of: utterance, "the MSRP connection has ended") }
        guard let (from, to) = addressing.envelope(for: utterance.receivers) else {
            waiting.append(utterance)
            return []
        }
        let messageID = identifiers.token()
        outstanding[messageID] = utterance
        unreported[messageID] = utterance
        var message = MSRPOutgoing(
            messageID: messageID, contentType: "text/plain", body: Array(utterance.text.utf8), successReport: true)
        message.wrap(wrapping, in: addressing, from: from, to: to)
        return announcement(from: from, to: to) + [.media(.send(message, session: agreement.leg.session))]
    }

    /// Tells those who are to get a text that it is being written, where that is shown.
    ///
    /// §7.1.3.4, RFC 3994 §3.2
    private mutating func announcement(from: String, to: [String]) -> [ProcedureEffect] {
        guard let composing = agreement.composing else { return [] }
        let status = IsComposing(state: .active, contentType: "text/plain")
        var message = MSRPOutgoing(
            messageID: identifiers.token(), contentType: IsComposing.mediaType, body: status.serialized())
        message.wrap(composing, in: addressing, from: from, to: to)
        return [.media(.send(message, session: agreement.leg.session))]
    }

    mutating func hear(_ event: MediaEvent) -> [ProcedureEffect] {
        switch event {
        case .connected:
            connection = .open
            return []
        case .delivered(let message):
            return receive(message)
        case .answered(let messageID, let status):
            guard let utterance = outstanding.removeValue(forKey: messageID) else { return [] }
            return status == 200 ? [.report(utterance.sent(in: session))] : failure(of: utterance, "MSRP \(status)")
        case .reported(let messageID, let status):
            guard let utterance = unreported.removeValue(forKey: messageID) else { return [] }
            return [.report(.deliveryReported(of: utterance.text, by: peer, outcome: "\(status)"))]
        case .enclosed, .abandoned:
            return []
        case .unanswered(let messageID):
            guard let utterance = outstanding.removeValue(forKey: messageID) else { return [] }
            return failure(of: utterance, "no MSRP response")
        case .closed(let reason):
            defer { connection = .closed }
            let lost = waiting + outstanding.values.sorted { $0.text < $1.text }
            waiting = []
            outstanding = [:]
            let trouble = "No MSRP connection for “\(session)”: \(reason)"
            return lost.flatMap { failure(of: $0, reason) }
                + (connection == .awaited ? [.report(.protocolTrouble(trouble))] : [])
        }
    }

    private mutating func receive(_ message: MSRPIncoming) -> [ProcedureEffect] {
        let content = ReceivedContent(message)
        let sender = content.sender ?? peer
        if ContentType(parsing: content.type)?.essence == IsComposing.mediaType {
            return note((try? IsComposing(parsing: content.bytes))?.state ?? .idle, of: sender)
        }
        guard content.type.lowercased().hasPrefix("text/") else { return [] }
        writers.remove(sender)
        return [.report(.received(text: content.bytes.text, from: sender, session: session))]
    }

    /// Takes what somebody tells of his writing, which is no message.
    ///
    /// §7.1.3.5, RFC 3994 §3.3
    private mutating func note(_ state: IsComposing.State, of sender: String) -> [ProcedureEffect] {
        switch state {
        case .active:
            return writers.insert(sender).inserted ? [.report(.composing(by: sender, session: session))] : []
        case .idle:
            writers.remove(sender)
            return []
        }
    }

    private func failure(of utterance: Utterance, _ reason: String) -> [ProcedureEffect] {
        [.report(utterance.failed(in: session, because: reason))]
    }
}

extension MSRPOutgoing {
    /// Puts the message into a wrapper, where it may not go without; in a conference it never may.
    fileprivate mutating func wrap(
        _ wrapping: Wrapping, in addressing: Addressing, from: String, to: [String]
    ) {
        guard wrapping == .cpim || addressing.isConference else { return }
        body = CPIMMessage(from: from, to: to, contentType: contentType, body: body).serialized()
        contentType = "message/cpim"
    }
}
