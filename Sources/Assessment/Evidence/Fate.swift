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
    /// A response that nobody is to be blamed for, and why.
    case excused(DissectedMessage, why: String)
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
        case 487 where isCancelled(request) || isOver(request, before: refusal): return .cancelled(refusal)
        case 487 where passesOnAnEnd(refusal, of: request): return .cancelled(refusal)
        case 408 where refusal.sender == .server && !isOrdered(request):
            return .excused(refusal, why: "which the loss of datagrams may explain")
        case 404 where isOfEmptyStore(refusal):
            return .excused(refusal, why: "and nothing was stored by then")
        case 404, 410, 480:
            if let target = target(of: request), isAway(target, from: request) {
                return .excused(refusal, why: "and \(target) was not registered for the service")
            }
            return .refused(refusal, blame(for: refusal, of: request))
        default: return .refused(refusal, blame(for: refusal, of: request))
        }
    }

    /// Whether the dialog of a request ended while the request was pending.
    ///
    /// RFC 3261 §15.1.2: it is answered 487 then
    private func isOver(_ request: DissectedMessage, before refusal: DissectedMessage) -> Bool {
        dialog(of: request).contains { message in
            message.requestMethod == "BYE" && (request.number..<refusal.number).contains(message.number)
        }
    }

    /// Whether the client is not there for the service, so that nobody need take the request for it.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.2.1 (5): what is said to a user of the service who has logged out is deferred, unless it
    /// is said in a session
    private func isAway(_ client: PartyName, from request: DissectedMessage) -> Bool {
        guard isInService(client, at: request.number) == false else { return false }
        let isDeferrable =
            request.requestMethod == "MESSAGE" || request.hasFeatureTag("+g.oma.sip-im.large-message")
        return !(isDeferrable && hasLoggedOut(client, at: request.number))
    }

    /// Whether the server only passes on that the dialog of another client ended while the request was pending there.
    private func passesOnAnEnd(_ refusal: DissectedMessage, of request: DissectedMessage) -> Bool {
        guard let passedOn = refusalPassedOn(refusal, after: request), let onward = dissection.request(of: passedOn)
        else { return false }
        return isOver(onward, before: passedOn)
    }

    /// The client whose user the request is for.
    func target(of request: DissectedMessage) -> PartyName? {
        cast.clients.map(\.name).first { identifies(request.requestTarget?.uri, $0) }
    }

    /// Whether a CANCEL of this INVITE is in the trace.
    ///
    /// RFC 3261 §9.1: it has the Call-ID and the CSeq number of the request
    func isCancelled(_ invite: DissectedMessage) -> Bool {
        call(of: invite).contains { message in
            message.requestMethod == "CANCEL" && message.sipSummary?.sequence == invite.sipSummary?.sequence
                && (message.sender == invite.sender || message.receiver == invite.receiver)
        }
    }
}
