import Conformance
import Dissection

// When a chunk or a report that has not come will not come any more.
extension Evidence {
    /// Why the missing bytes of a content should have come by now: its sender has ended the session, or let the time
    /// of a transaction pass without more.
    func neverCompleted(_ content: InstantMessage) -> Decision? {
        guard let last = content.parts.last.map({ dissection[$0] }), isWhole(for: client(of: last)) else { return nil }
        return hasLeft(content.sender, after: last) ? .presence : silence(since: last.number, atLeast: Self.chunkLimit)
    }

    /// Why the report should have come by now: the one who owes it has gone on to other messages or ended the session,
    /// or the time of a transaction has passed.
    func neverReported(_ content: InstantMessage) -> Decision? {
        guard let last = content.parts.last.map({ dissection[$0] }), isWhole(for: client(of: last)) else { return nil }
        // Who drops the connection without ending the session has taken the way back itself.
        let isEnded = messages(ofCall: content.call ?? "").contains {
            $0.requestMethod == "BYE" && $0.number > last.number
        }
        if !isEnded, firstToClose(after: last) == content.sender { return nil }
        let later = messages.suffix(from: last.number).first { message in
            message.isMSRP && message.responseStatus == nil && Route(message) == Route(last).reversed
        }
        if let later { return .fence(later.reference) }
        let isCutShort = firstToClose(after: last) == content.sender || hasLostSession(after: last)
        if content.receiver == .server, isCutShort { return nil }
        return hasLeft(content.receiver, after: last)
            ? .presence : silence(since: last.number, atLeast: Self.chunkLimit)
    }

    /// Whether the server can only pass on what a client has left incomplete.
    func isPassedOnIncomplete(_ content: InstantMessage) -> Bool {
        content.sender == .server
            && contents(withID: content.id).contains { $0.receiver == .server && !$0.isComplete }
    }

    /// Whether a report that the server passes on is about a message that it changed the identifier of itself.
    func isAbout(_ report: DissectedMessage) -> Bool {
        contents(withID: report.msrpSummary?.messageID ?? "").contains { $0.mode != .pager && $0.sender == .server }
    }

    /// Whether a client has ended a session since, after which the server cannot pass on in it what is on its way.
    private func hasLostSession(after message: DissectedMessage) -> Bool {
        messages.suffix(from: message.number).contains { $0.requestMethod == "BYE" && $0.receiver == .server }
    }
}
