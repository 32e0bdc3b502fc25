import Conformance
import Dissection

/// Why something that a server should have stored has not come from its store.
struct StoredDelivery {
    var content: InstantMessage
    /// To whom it should have come.
    var client: PartyName
    var store: MessageStore

    /// The judgment, where what came is not enough.
    func judge(_ expected: String, observed: String, _ came: [DissectedMessage], _ evidence: Evidence) -> Judgment {
        let parts = evidence.parts(of: [content])
        func open(_ why: String, _ messages: [DissectedMessage] = []) -> Judgment {
            .inconclusive(expected, observed: "\(observed); \(why)", came + parts + messages)
        }
        func fail(
            _ why: String, _ messages: [DissectedMessage], _ party: PartyName?, _ decision: Decision = .presence
        ) -> Judgment {
            .fail(expected, observed: "\(observed); \(why)", came + parts + messages, party, decision)
        }
        guard evidence.isWhole(for: client) else { return open("the trace does not show all that reached \(client)") }
        for part in parts {
            switch evidence.fate(of: part) {
            case .succeeded: continue
            case .refused(let refusal, let party): return fail("it was answered \(refusal.label)", [refusal], party)
            case .challenged(let response), .cancelled(let response), .excused(let response, _):
                return open("it was answered \(response.label)", [response])
            case .overdue(let decision):
                return fail("it was never answered", [], evidence.debtor(of: part), decision)
            case .open: return open("it is not answered yet")
            }
        }
        let last = (content.parts + content.responses).max() ?? 0
        let sessions = evidence.deliveries(from: store, to: client).filter { $0.invite.number > last }
        guard let session = sessions.last else {
            guard let publish = evidence.wishToBePushed(client, after: last) else {
                return open("\(client) neither asked for it nor wished to have it delivered")
            }
            guard let decision = evidence.stayed(client, after: publish) else {
                return open("it was not delivered, and the trace ends too early to tell", [publish])
            }
            return fail("it was not delivered, although \(client) wished so", [publish], .server, decision)
        }
        switch evidence.fate(of: session.invite) {
        case .succeeded(let success) where !evidence.opensSession(success):
            return fail(
                "the delivery was answered \(success.refusalInWords)", [session.invite, success], success.sender)
        case .succeeded: break
        case .refused(let refusal, let party):
            return fail("the delivery was refused: \(refusal.label)", [session.invite, refusal], party)
        case .challenged(let response), .cancelled(let response), .excused(let response, _):
            return open("the delivery was answered \(response.label)", [session.invite, response])
        case .overdue, .open: return open("the delivery is not answered yet", [session.invite])
        }
        guard let bye = session.bye else { return open("the delivery had not ended", [session.invite]) }
        if let part = evidence.ignoredPart(of: session) {
            return fail("\(client) never answered \(inWords([part]))", [session.invite, part, bye], client)
        }
        return bye.sender == .server
            ? fail("the delivery ended without it", [session.invite, bye], .server)
            : open("\(bye.sender?.description ?? "somebody") ended the delivery", [session.invite, bye])
    }
}
