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
    private let ownAddress: String
    private let peer: String
    private var identifiers: Identifiers
    private var connection = Connection.awaited
    /// The texts that have not been acknowledged, by Message-ID.
    private var outstanding: [String: String] = [:]

    init(
        _ session: String, with peer: String, agreement: MediaAgreement, profile: IMClient.Profile,
        identifiers: Identifiers
    ) {
        self.session = session
        self.peer = peer
        self.agreement = agreement
        ownAddress = profile.imAddress
        self.identifiers = identifiers
    }

    var opening: [ProcedureEffect] { [.media(.open(agreement.leg))] }

    var closing: [ProcedureEffect] { [.media(.close(session: agreement.leg.session))] }

    /// Goes on with the peer at another address.
    mutating func move(to agreement: MediaAgreement) -> [ProcedureEffect] {
        let closing = closing
        self.agreement = agreement
        connection = .awaited
        return closing + opening
    }

    /// Sends a text, asking for the report that tells of its delivery.
    mutating func send(_ text: String) -> [ProcedureEffect] {
        guard let wrapping = agreement.wrapping else { return failure(of: text, "the peer accepts no text") }
        guard connection != .closed else { return failure(of: text, "the MSRP connection has ended") }
        let messageID = identifiers.token()
        outstanding[messageID] = text
        let body = Array(text.utf8)
        var message = MSRPOutgoing(messageID: messageID, contentType: "text/plain", body: body, successReport: true)
        if wrapping == .cpim {
            message.contentType = "message/cpim"
            message.body = CPIMMessage(from: ownAddress, to: [peer], contentType: "text/plain", body: body).serialized()
        }
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
            guard let text = outstanding.removeValue(forKey: messageID) else { return [] }
            return status == 200 ? [.report(.sent(text: text, session: session))] : failure(of: text, "MSRP \(status)")
        case .reported, .enclosed, .abandoned:
            return []
        case .unanswered(let messageID):
            guard let text = outstanding.removeValue(forKey: messageID) else { return [] }
            return failure(of: text, "no MSRP response")
        case .closed(let reason):
            defer { connection = .closed }
            let lost = outstanding.values.sorted().flatMap { failure(of: $0, reason) }
            outstanding = [:]
            let trouble = "No MSRP connection for “\(session)”: \(reason)"
            return lost + (connection == .awaited ? [.report(.protocolTrouble(trouble))] : [])
        }
    }

    private func receive(_ message: MSRPIncoming) -> [ProcedureEffect] {
        let sender =
            message.contentType.lowercased().hasPrefix("message/cpim")
            ? (try? CPIMMessage(parsing: message.body))?.from : nil
        let (type, body) = innermost(contentType: message.contentType, body: message.body)
        guard type.lowercased().hasPrefix("text/") else { return [] }
        return [.report(.received(text: body.text, from: sender ?? peer, session: session))]
    }

    private func failure(of text: String, _ reason: String) -> [ProcedureEffect] {
        [.report(.sendFailed(text: text, session: session, reason: reason))]
    }
}
