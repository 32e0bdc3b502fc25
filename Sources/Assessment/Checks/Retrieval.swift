import Conformance
import Dissection

/// Whether a retrieval brings exactly these texts, each once; those of a recorded conversation in this order.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.1.1 and §13.1.3; §13.3.3.2 for the order
struct Retrieval {
    var client: PartyName
    var store: MessageStore
    var number: Int
    var texts: [String]

    private var expected: String {
        let order = store == .history ? ", in this order" : ""
        return "retrieval number \(number) of \(store.words) by \(client) brings \(quoted(texts))\(order)"
    }

    func judge(_ evidence: Evidence) -> Judgment {
        let sessions = evidence.deliveries(from: store, to: client).filter { $0.invite.sender == client }
        guard sessions.count >= number else {
            return .inconclusive(expected, observed: "\(client) asked for \(sessions.count)", sessions.map(\.invite))
        }
        let session = sessions[number - 1]
        let success: DissectedMessage
        switch evidence.fate(of: session.invite) {
        case .succeeded(let response): success = response
        case .refused(let refusal, let party):
            return .fail(
                expected, observed: "it was answered \(refusal.label)", [session.invite, refusal], party)
        case .challenged(let response), .cancelled(let response), .excused(let response, _):
            return .inconclusive(expected, observed: "it was answered \(response.label)", [session.invite, response])
        case .overdue, .open:
            return .inconclusive(expected, observed: "it had no final response", [session.invite])
        }
        let complete = session.contents.filter(\.isComplete)
        let came = complete.flatMap(\.storedTexts)
        let found = [session.invite, success] + evidence.parts(of: complete)
        let observed = came.isEmpty ? "it brought nothing" : "it brought \(quoted(came))"
        let isRight = store == .history ? came == texts : came.sorted() == texts.sorted()
        if !isRight, let surplus = came.first(where: { text in came.count { $0 == text } > texts.count { $0 == text } })
        {
            return .fail(expected, observed: "\(observed); “\(surplus)” is too much", found, .server)
        }
        guard let bye = session.bye else {
            return isRight
                ? .inconclusive(expected, observed: "\(observed), but it had not ended", found)
                : unfinished(observed, success, found, evidence)
        }
        guard !isRight else { return .pass(expected, observed: observed, found + [bye]) }
        guard evidence.isWhole(for: client) else {
            return .inconclusive(expected, observed: "\(observed), and the trace is not whole", found + [bye])
        }
        return bye.sender == client
            ? .inconclusive(expected, observed: "\(observed) until \(client) ended it", found + [bye])
            : .fail(expected, observed: "\(observed) and ended", found + [bye], .server)
    }

    /// The retrieval has not brought all, and the server has not ended it.
    private func unfinished(
        _ observed: String, _ success: DissectedMessage, _ found: [DissectedMessage], _ evidence: Evidence
    ) -> Judgment {
        let last = found.map(\.number).max() ?? success.number
        guard evidence.isWhole(for: client), let decision = evidence.silence(since: last, atLeast: Evidence.chunkLimit)
        else {
            return .inconclusive(expected, observed: "\(observed) so far, and the trace ends too early to tell", found)
        }
        return .fail(expected, observed: "\(observed) and no more", found, .server, decision)
    }

    private func quoted(_ texts: [String]) -> String {
        texts.isEmpty ? "nothing" : texts.map { "“\($0.prefix(40))”" }.joined(separator: ", ")
    }
}

extension InstantMessage {
    /// The texts of the stored message that it carries, or its own.
    fileprivate var storedTexts: [String] {
        stored.map { $0.payloads.map { String(decoding: $0.bytes, as: UTF8.self) } } ?? [text]
    }
}
