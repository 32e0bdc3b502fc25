import Conformance
import Dissection

/// Why a text that a client sent in a session has not come to another client, although it should have.
struct Relay {
    var content: InstantMessage
    /// Where it should have come.
    var client: PartyName

    /// The judgment, where what came is not enough.
    ///
    /// How long a relay may take no document says. That it has acknowledged the text and then let the session end, or
    /// let the time of a transaction pass, is enough to say that it has not passed the text on.
    func judge(_ expected: String, observed: String, _ came: [DissectedMessage], _ evidence: Evidence) -> Judgment {
        let parts = content.parts.map { evidence.dissection[$0] }
        func fail(_ why: String, _ messages: [DissectedMessage], _ party: PartyName?, _ decision: Decision = .presence)
            -> Judgment
        {
            .fail(expected, observed: "\(observed); \(why)", came + parts + messages, party, decision)
        }
        func open(_ why: String) -> Judgment {
            .inconclusive(expected, observed: "\(observed); \(why)", came + parts)
        }
        guard content.receiver == .server else { return open("the trace does not show what reached \(client)") }
        guard evidence.isWhole(for: client) else { return open("the trace does not show all that reached \(client)") }
        for part in parts {
            switch evidence.fate(of: part) {
            case .succeeded: continue
            case .refused(let refusal, let party): return fail("it was answered \(refusal.label)", [refusal], party)
            case .challenged(let response), .cancelled(let response), .excused(let response, _):
                return open("it was answered \(response.label)")
            case .overdue, .open:
                if part.msrpSummary?.response != .always { continue }
                guard let decision = evidence.unanswered(part) else { return open("it is not answered yet") }
                return fail("it was never answered", [], evidence.debtor(of: part), decision)
            }
        }
        let last = (content.parts + content.responses).max() ?? 0
        let ending = evidence.sessionEnd(at: client, after: last)
        let window = evidence.silence(since: last, atLeast: Evidence.chunkLimit)
        guard let decision = ending ?? window else { return open("the trace ends too early to tell") }
        return fail("the server acknowledged it and did not pass it on", [], .server, decision)
    }
}
