import Conformance
import Dissection

/// Why a request of one client has not come to another, although it should have.
struct Delivery {
    var request: DissectedMessage
    /// Where it should have come.
    var client: PartyName

    /// The judgment, where what came is not enough.
    func judge(_ expected: String, observed: String, _ came: [DissectedMessage], _ evidence: Evidence) -> Judgment {
        func fail(_ why: String, _ messages: [DissectedMessage], _ party: PartyName?, _ decision: Decision = .presence)
            -> Judgment
        {
            .fail(expected, observed: "\(observed)\(why)", came + [request] + messages, party, decision)
        }
        func open(_ why: String, _ messages: [DissectedMessage] = []) -> Judgment {
            .inconclusive(expected, observed: "\(observed)\(why)", came + [request] + messages)
        }
        guard evidence.isWhole(for: client) else {
            return open(", but the trace does not show all that reached \(client)")
        }
        if !request.isOutsideDialog, let (refusal, party) = evidence.refusalToJoin(client) {
            return fail("; \(client) answered \(refusal.refusalInWords)", [refusal], party)
        }
        if let recipients = request.recipients, !recipients.contains(where: { evidence.identifies($0, client) }) {
            // Who is added later is asked for by a REFER.
            let later = request.sender.map { evidence.requests(of: $0, toInvite: client) } ?? []
            guard request.requestMethod == "INVITE",
                let other = later.last(where: { $0.requestMethod == "REFER" && $0.number > request.number })
            else { return fail("; its list does not name \(client)", [], request.sender) }
            return Delivery(request: other, client: client).judge(expected, observed: observed, came, evidence)
        }
        switch evidence.fate(of: request) {
        case .succeeded(let success) where success.responseStatus == 202:
            // The server has taken the message and may deliver it later, as long as the client is there.
            guard let decision = evidence.calm(at: client, .pager, after: success.number) else {
                return open("; it was taken with 202, and the trace ends too early to tell", [success])
            }
            return fail("; it was taken with 202 and never delivered", [success], .server, decision)
        case .succeeded(let success):
            return fail(", and yet it was answered \(success.label)", [success], .server)
        case .refused(let refusal, let party):
            return fail("; it was answered \(refusal.label)", [refusal], party)
        case .challenged(let challenge):
            return open("; it was answered \(challenge.label) and not sent again with credentials", [challenge])
        case .cancelled(let response):
            return open("; it was cancelled", [response])
        case .excused(let response, let why):
            return open("; it was answered \(response.label), \(why)", [response])
        case .overdue(let decision):
            return fail(", and it was never answered", [], evidence.debtor(of: request), decision)
        case .open:
            return open(", and the trace ends too early to tell")
        }
    }
}
