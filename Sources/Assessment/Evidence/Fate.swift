import Conformance
import Dissection

/// What became of a request, as its sender's end shows it.
enum Fate {
    case succeeded(DissectedMessage)
    /// A final response other than success; the party is at fault where the trace shows one.
    case refused(DissectedMessage, PartyName?)
    /// The server asks for credentials and has not got them: nothing is shown.
    case challenged(DissectedMessage)
    /// The sender has withdrawn an INVITE.
    case cancelled(DissectedMessage)
    /// No final response, although it is due; the decision says why.
    case overdue(Decision)
    /// No final response yet.
    case open
}

extension Evidence {
    func fate(of request: DissectedMessage) -> Fate {
        let finals = dissection.responses(to: request).filter(\.isFinal)
        if let success = finals.first(where: \.isSuccess) { return .succeeded(success) }
        guard let refusal = finals.first else {
            // A client may ring for as long as its user likes, so silence after an INVITE shows nothing by itself.
            return overdue(after: request).map(Fate.overdue) ?? .open
        }
        switch refusal.responseStatus {
        case 401, 407: return .challenged(refusal)
        case 487 where isCancelled(request): return .cancelled(refusal)
        default: return .refused(refusal, blame(for: refusal, of: request))
        }
    }

    /// Whether a CANCEL of this INVITE is in the trace.
    ///
    /// RFC 3261 §9.1: it has the Call-ID and the CSeq number of the request
    func isCancelled(_ invite: DissectedMessage) -> Bool {
        messages.contains { message in
            message.requestMethod == "CANCEL" && message.sipSummary?.callID == invite.sipSummary?.callID
                && message.sipSummary?.sequence == invite.sipSummary?.sequence
                && (message.sender == invite.sender || message.receiver == invite.receiver)
        }
    }
}
