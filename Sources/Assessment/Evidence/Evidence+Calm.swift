import Conformance
import Dissection
import Network

// Why a trace shows that nothing more was on its way.
extension Evidence {
    /// Why nothing more of this mode was on its way to the client after that message, or nil where that is not shown.
    ///
    /// This is what “exactly one” and “none” rest on. A trace with known losses shows no absence, and neither does one
    /// that saw nothing of the client, or in which what could reach it is still under way. What travels in a session of
    /// its own must be on its way neither in a session that there is nor as an invitation to another.
    func calm(at client: PartyName, _ mode: Condition.Mode, after number: Int) -> Decision? {
        guard isWhole(for: client) else { return nil }
        let causes = stimuli.filter { $0.canReach(client) }
        let cause = causes.reduce(number) { max($0, $1.number, $1.finished ?? 0) }
        let isFinished = causes.allSatisfy { $0.finished != nil }
        let isInSession = hasSession(at: client)
        let signalling = isFinished ? signallingFence(at: client, after: cause) : nil
        let session = isInSession ? sessionFence(at: client, after: isFinished ? cause : nil) : nil
        let fence: DissectedMessage? =
            switch mode {
            case .pager: signalling
            case .session: isInSession ? session : signalling
            case .large, .file, .deferred, .history:
                isInSession ? Self.later(signalling, session) : signalling
            }
        if let fence { return .fence(fence.reference) }
        return isFinished ? silence(since: cause, atLeast: quietWindow, windowReason(at: client)) : nil
    }

    /// Why there is no fence at the client.
    private func windowReason(at client: PartyName) -> WindowReason {
        let isUnordered = messages.contains { message in
            message.isSIP && message.wasSeen(.received, at: client) && !isOrdered(message)
        }
        return isUnordered ? .unordered : .unasked
    }

    /// The later of two fences, both of which are needed.
    private static func later(_ one: DissectedMessage?, _ other: DissectedMessage?) -> DissectedMessage? {
        guard let one, let other else { return nil }
        return one.number < other.number ? other : one
    }

    /// An answer to something that the client asked of the server after the cause, on an ordered path.
    ///
    /// Sound because, first, every request that could cause something had its final response before the client asked,
    /// so the server had done what they caused; second, what the server had sent to the client by then left it before
    /// this answer; and third, the path keeps the order, so it would have arrived before the answer too. On a stream
    /// the third holds only within one connection: it must be the one by which the server's own requests come, or,
    /// where there are none, the only one for SIP between the two.
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

    /// The message behind which nothing more can come by the connections of the client's sessions.
    ///
    /// Each of them is closed, or has brought a response to something that the client sent after the cause. That is
    /// sound for the same three reasons: contents come by these connections, and a stream keeps its order. As long as
    /// a cause is under way, only the end of a connection counts.
    private func sessionFence(at client: PartyName, after cause: Int?) -> DissectedMessage? {
        let incoming = messages.filter { $0.isMSRP && $0.wasSeen(.received, at: client) }
        var fence: DissectedMessage?
        for route in Set(incoming.map { Route($0) }) {
            let own = incoming.filter { Route($0) == route }
            guard let last = own.last else { continue }
            let answer = cause.flatMap { cause in own.first { ($0.answers ?? 0) > cause } }
            guard let found = isClosed(route) ? last : answer else { return nil }
            if found.number > fence?.number ?? 0 { fence = found }
        }
        guard fence == nil else { return fence }
        // What nobody saw arrive came by connections that may be closed as well.
        let sent = messages.filter { $0.isMSRP && $0.sender == client }
        return sent.allSatisfy { isClosed(Route($0)) } ? sent.last : nil
    }

    /// Whether the connection ended and nothing came by it any more.
    private func isClosed(_ route: Route) -> Bool {
        let last = messages.last { $0.isMSRP && Route($0).undirected == route.undirected }?.number ?? 0
        return dissection.ends.contains { $0.after >= last && Route($0).undirected == route.undirected }
    }

    /// The end of the connections by which contents came to the client, of which at least one was open at that time.
    ///
    /// The fence is the last message of the session, which is the last that could bring something.
    func sessionEnd(at client: PartyName, after number: Int) -> Decision? {
        let incoming = messages.filter { $0.isMSRP && ($0.receiver == client || $0.sender == client) }
        let routes = Set(incoming.map { Route($0).undirected })
        let isOpenThen = dissection.ends.contains { $0.after >= number && routes.contains(Route($0).undirected) }
        guard let last = incoming.last, isOpenThen, routes.allSatisfy(isClosed) else { return nil }
        return .fence(last.reference)
    }

    func hasSession(at client: PartyName) -> Bool {
        messages.contains { $0.isMSRP && ($0.sender == client || $0.receiver == client) }
    }

    /// How long the trace goes on after a message, where that is long enough; 0 stands for its beginning.
    func silence(since number: Int, atLeast window: Duration, _ reason: WindowReason = .deadline) -> Decision? {
        guard let last = number > 0 ? dissection[number].arrival : messages.first?.time else { return nil }
        let silence = end - last
        return silence >= window ? .window(silence, reason) : nil
    }
}
