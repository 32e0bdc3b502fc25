import Conformance
import Dissection

/// Whether nothing of one kind comes before something of another kind.
struct Order {
    var first: MessageSelector
    var second: MessageSelector
    var precedence = Condition.Precedence.one

    func judge(_ evidence: Evidence) -> Judgment {
        let which = precedence == .one ? "first" : "last"
        let expected = "no \(second.words) before the \(which) \(first.words)"
        let leaders = evidence.messages(matching: first)
        let leading = precedence == .one ? leaders.first : leaders.last
        guard let early = evidence.messages(matching: second).first else {
            return .inconclusive(
                expected, observed: "there is no \(second.words)", [leading].compactMap(\.self))
        }
        guard let leading else {
            let observed = "there is no \(first.words), and \(inWords([early])) came without it"
            return evidence.isWhole(for: first.at)
                ? .fail(expected, observed: observed, [early], early.sender)
                : .inconclusive(expected, observed: "\(observed), but the trace is not whole", [early])
        }
        let inOrder = leading.number < early.number
        let (former, latter) = inOrder ? (leading, early) : (early, leading)
        let observed = "\(inWords([former])) precedes \(inWords([latter]))"
        if inOrder { return .pass(expected, observed: observed, [former, latter]) }
        guard evidence.showsOrder(former, latter) else {
            return .inconclusive(
                expected, observed: "\(observed), which may be the doing of the network", [former, latter])
        }
        return .fail(expected, observed: observed, [former, latter], early.sender)
    }
}
