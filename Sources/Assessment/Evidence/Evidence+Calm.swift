import Conformance
import Dissection
import Network

// Why a trace shows that nothing more was on its way.
extension Evidence {
    /// Why nothing more of this mode was on its way to the client after that message, or nil where that is not shown.
    ///
    /// This is what “exactly one” and “none” rest on. A trace with known losses shows no absence, and neither does one
    /// that saw nothing of the client, or in which what other clients asked for is still under way.
    func calm(at client: PartyName, _ mode: Condition.Mode, after number: Int) -> Decision? {
        guard isWhole(for: client) else { return nil }
        let others = stimuli.filter { $0.sender != client }
        let cause = others.reduce(number) { max($0, $1.number, $1.finished ?? 0) }
        let isFinished = others.allSatisfy { $0.finished != nil }
        if mode == .session, let end = sessionEnd(at: client, after: number) { return end }
        if isFinished {
            let isInSession = mode == .session && hasSession(at: client)
            let fence = isInSession ? sessionFence(at: client, after: cause) : signallingFence(at: client, after: cause)
            if let fence { return .fence(fence.reference) }
        }
        return isFinished ? silence(since: cause, atLeast: quietWindow) : nil
    }

    /// An answer to something that the client asked of the server after the cause, on an ordered path.
    ///
    /// Sound because, first, every other client's request had its final response before the client asked, so the
    /// server had done what they caused; second, what the server had sent to the client by then left it before this
    /// answer; and third, the path keeps the order, so it would have arrived before the answer too. On a stream the
    /// third holds only within one connection: it must be the one by which the server's own requests come, or, where
    /// there are none, the only one for SIP between the two.
    private func signallingFence(at client: PartyName, after cause: Int) -> DissectedMessage? {
        let incoming = messages.filter { $0.isSIP && $0.wasSeen(.received, at: client) && $0.sender == .server }
        let requests = incoming.filter { $0.responseStatus == nil }
        let routes = Set((requests.isEmpty ? incoming : requests).map { Route($0) })
        return incoming.first { answer in
            guard answer.isFinal, let asked = dissection.request(of: answer), asked.sender == client,
                asked.number > cause
            else { return false }
            return answer.transport == .udp
                ? dissection.trace.datagramsKeepOrder && routes.allSatisfy { $0.transport == .udp }
                : routes == [Route(answer)]
        }
    }

    /// An MSRP response to something that the client sent after the cause, on the connection of its session.
    ///
    /// Sound for the same three reasons: the session's contents come by this connection, and a stream keeps its order.
    private func sessionFence(at client: PartyName, after cause: Int) -> DissectedMessage? {
        let incoming = messages.filter { $0.isMSRP && $0.wasSeen(.received, at: client) }
        guard Set(incoming.map { Route($0) }).count == 1 else { return nil }
        return incoming.first { ($0.answers ?? 0) > cause }
    }

    /// The end of the connections by which contents came to the client: nothing can come by them any more.
    ///
    /// The fence is the last message of the session, which is the last that could bring something.
    func sessionEnd(at client: PartyName, after number: Int) -> Decision? {
        let incoming = messages.filter { $0.isMSRP && ($0.receiver == client || $0.sender == client) }
        let routes = Set(incoming.map { Route($0).undirected })
        let ended = Set(dissection.ends.filter { $0.after >= number }.map { Route($0).undirected })
        guard let last = incoming.last, routes.isSubset(of: ended) else { return nil }
        return .fence(last.reference)
    }

    func hasSession(at client: PartyName) -> Bool {
        messages.contains { $0.isMSRP && ($0.sender == client || $0.receiver == client) }
    }

    /// How long the trace goes on after a message, where that is long enough; 0 stands for its beginning.
    func silence(since number: Int, atLeast window: Duration) -> Decision? {
        guard let last = number > 0 ? dissection[number].arrival : messages.first?.time else { return nil }
        let silence = end - last
        return silence >= window ? .window(silence) : nil
    }
}
