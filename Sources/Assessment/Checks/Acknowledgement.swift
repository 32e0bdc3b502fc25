import Conformance
import Dissection

/// Whether what a client sends is answered with success.
///
/// RFC 4975 §7.2 for each chunk, RFC 3428 §7 for a MESSAGE
struct Acknowledgement {
    var client: PartyName
    var content: Condition.Content
    var mode: Condition.Mode
    var times: Count?

    private var expected: String {
        let often = times.map { ", \($0) sent" } ?? ""
        return "\(WantedContent(content).inWords) of \(client) is answered with success\(often)"
    }

    func judge(_ evidence: Evidence) -> Judgment {
        let wanted = WantedContent(content)
        let sent = wanted.copies(among: evidence.contents(from: client, mode))
        guard !sent.isEmpty else {
            return .inconclusive(expected, observed: "\(client) never sent \(wanted.inWords) \(mode.inWords)")
        }
        if let times, !times.range.contains(sent.count) {
            return .fail(expected, observed: "it was sent \(sent.count) times", evidence.parts(of: sent), client)
        }
        // Of several attempts the one that succeeds counts, and without such a one the last.
        let judgments = sent.map { judge($0, evidence) }
        return judgments.first { $0.verdict == .pass } ?? judgments[judgments.count - 1]
    }

    private func judge(_ content: InstantMessage, _ evidence: Evidence) -> Judgment {
        var answers: [DissectedMessage] = []
        for part in content.parts.map({ evidence.dissection[$0] }) {
            switch evidence.fate(of: part) {
            case .succeeded(let answer):
                answers.append(answer)
            case .refused(let refusal, let party):
                return .fail(expected, observed: "it was answered \(refusal.label)", [part, refusal], party)
            case .challenged(let challenge):
                return .inconclusive(
                    expected, observed: "it was answered \(challenge.label) and not sent again with credentials",
                    [part, challenge])
            case .cancelled(let response):
                return .inconclusive(expected, observed: "it was answered \(response.label)", [part, response])
            case .excused(let response, let why):
                return .inconclusive(expected, observed: "it was answered \(response.label), \(why)", [part, response])
            case .overdue, .open:
                guard let judgment = unanswered(part, evidence) else { continue }
                return judgment
            }
        }
        let labels = Set(answers.map(\.label)).sorted().joined(separator: ", ")
        let observed = answers.isEmpty ? "no failure, and \(client) asked to hear of failures only" : labels
        return .pass(expected, observed: "\(observed) (\(inWords(answers)))", answers)
    }

    /// The judgment of a part without a response, or nil where none was asked for and none is needed.
    private func unanswered(_ part: DissectedMessage, _ evidence: Evidence) -> Judgment? {
        let observed = "no response to \(inWords([part]))"
        switch part.msrpSummary?.response ?? .always {
        case .never:
            return .inconclusive(expected, observed: "\(client) asked for no response to \(inWords([part]))", [part])
        case .onFailure where evidence.calm(at: client, mode, after: part.number) != nil:
            return nil
        case .onFailure:
            return .inconclusive(expected, observed: "no failure so far, and the trace ends too early to tell", [part])
        case .always:
            guard let decision = evidence.unanswered(part) else {
                return .inconclusive(expected, observed: "\(observed), and the trace ends too early to tell", [part])
            }
            return .fail(expected, observed: observed, [part], evidence.debtor(of: part), decision)
        }
    }
}

extension Condition.Mode {
    /// The mode in words that follow “sent”.
    var inWords: String {
        switch self {
        case .session: "in a session"
        case .pager: "as a page"
        case .large: "as a large message"
        case .file: "as a file"
        case .deferred: "as a deferred message"
        case .history: "as a recorded message"
        }
    }
}
