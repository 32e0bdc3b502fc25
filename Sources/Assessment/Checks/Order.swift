import Conformance
import Dissection

/// Whether nothing of one kind comes before something of another kind.
struct Order {
    var first: MessageSelector
    var second: MessageSelector

    func judge(_ evidence: Evidence) -> Judgment {
        let expected = "no \(second.words) before \(first.words)"
        let leading = evidence.messages(matching: first).first
        let following = evidence.messages(matching: second)
        guard let early = following.first else {
            return Judgment(
                verdict: .inconclusive, expected: expected, observed: "there is no \(second.words)",
                evidence: [leading?.reference].compactMap(\.self))
        }
        if let leading, leading.number < early.number {
            return Judgment(
                verdict: .pass, expected: expected,
                observed: "\(inWords([leading])) precedes \(inWords([early]))",
                evidence: [leading.reference, early.reference])
        }
        let observed =
            leading.map { "\(inWords([early])) precedes \(inWords([$0]))" } ?? "there is no \(first.words) at all"
        return Judgment(
            verdict: .fail, expected: expected, observed: observed,
            evidence: [early.reference] + [leading?.reference].compactMap(\.self), party: early.sender)
    }
}
