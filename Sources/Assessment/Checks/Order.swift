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
                ? .fail(expected, observed: observed, [early], owes(early.sender, evidence) ? early.sender : nil)
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

    /// Whether the former message was for this party to send, and it was asked for it where it is a response.
    ///
    /// Whoever goes on without something that another should have sent may have waited long enough.
    private func owes(_ party: PartyName?, _ evidence: Evidence) -> Bool {
        let sender: PartyName = first.direction == .sent ? first.at : .server
        guard sender == party else { return false }
        guard case .response(_, let method) = first.start else { return first.direction == .sent }
        let asking = MessageSelector(
            at: first.at, direction: first.direction == .sent ? .received : .sent, start: .request(method),
            dialog: first.dialog)
        let isNarrow = first.rules.contains { $0.matcher != .present && $0.matcher != .absent }
        return !isNarrow && !evidence.messages(matching: asking).isEmpty
    }
}
