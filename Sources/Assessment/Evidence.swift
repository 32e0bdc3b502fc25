import Conformance
import Dissection
import Network

/// A dissected trace with the questions that every judgment asks of it.
struct Evidence {
    let dissection: Dissection
    let quietWindow: Duration
    /// The last message that belongs to what the parties did, as opposed to their registrations.
    let lastAction: Int

    init(_ dissection: Dissection, quietWindow: Duration) {
        self.dissection = dissection
        self.quietWindow = quietWindow
        let last = dissection.messages.last { message in
            let request = message.answers.map { dissection[$0] } ?? message
            return request.requestMethod != "REGISTER" && request.isSIP
        }
        lastAction = last?.number ?? 0
    }

    var messages: [DissectedMessage] { dissection.messages }
    var cast: Cast { dissection.trace.cast }

    /// Every message that the selector means, without repetitions of the same transaction.
    func messages(matching selector: MessageSelector) -> [DissectedMessage] {
        dissection.messages(matching: selector)
    }

    /// The requests of this method that open something: outside any dialog, each transaction once.
    func initialRequests(_ method: String, _ direction: MessageSelector.Direction, at party: PartyName)
        -> [DissectedMessage]
    {
        messages.filter { message in
            message.requestMethod == method && message.repeats == nil && message.wasSeen(direction, at: party)
                && message.isOutsideDialog
        }
    }

    /// Why it is certain that nothing more of this mode reached the client after that message, or nil if it is not.
    ///
    /// A trace that lacks something, such as packets that the capture dropped, shows presence and never absence.
    func decision(at client: PartyName, mode: Condition.Mode, after number: Int) -> Decision? {
        guard dissection.trace.defects.isEmpty else { return nil }
        if mode == .session, let end = sessionFence(at: client, after: number) { return end }
        let asked = max(number, lastAction)
        if mode == .pager || !hasSession(at: client), let fence = signallingFence(at: client, after: asked) {
            return .fence(fence.reference)
        }
        let last = number > 0 ? dissection[number].time : messages.first?.time
        guard let last else { return nil }
        let silence = dissection.trace.end - last
        return silence >= quietWindow ? .window(silence) : nil
    }

    /// An answer to something that the client asked afterwards, on the ordered path from the server.
    private func signallingFence(at client: PartyName, after number: Int) -> DissectedMessage? {
        messages.first { message in
            guard message.isSIP, message.wasSeen(.received, at: client), let request = message.answers else {
                return false
            }
            let isOrdered = message.transport == .tcp || dissection.trace.datagramsKeepOrder
            return isOrdered && request > number && dissection[request].sender == client
        }
    }

    /// A later message on the session's connection, or its end.
    private func sessionFence(at client: PartyName, after number: Int) -> Decision? {
        guard let addresses = cast[client]?.addresses else { return nil }
        let later = messages.first { message in
            message.msrpSummary != nil && message.number > number && message.wasSeen(.received, at: client)
                && message.answers.map { $0 > number } == true
        }
        if let later { return .fence(later.reference) }
        let end = dissection.ends.first { end in
            end.after >= number
                && (addresses.contains(end.source.address) || addresses.contains(end.destination.address))
                && hasSession(on: end)
        }
        guard let end, let last = messages.last(where: { $0.number <= end.after && $0.msrpSummary != nil }) else {
            return nil
        }
        return .fence(last.reference)
    }

    private func hasSession(at client: PartyName) -> Bool {
        messages.contains { $0.msrpSummary != nil && ($0.sender == client || $0.receiver == client) }
    }

    private func hasSession(on end: Dissection.ConnectionEnd) -> Bool {
        messages.contains { message in
            message.msrpSummary != nil
                && ((message.source == end.source && message.destination == end.destination)
                    || (message.source == end.destination && message.destination == end.source))
        }
    }
}

extension DissectedMessage {
    /// Whether the request is outside any dialog, that is, its To has no tag.
    ///
    /// RFC 3261 §12.2
    var isOutsideDialog: Bool {
        guard let to = values(of: "To").first else { return true }
        return !to.lowercased().replacing(" ", with: "").contains(";tag=")
    }
}

/// The numbers of messages in words: `messages 3, 5 and 9`, with their packets where there is a capture.
func inWords(_ messages: [DissectedMessage]) -> String {
    guard !messages.isEmpty else { return "no message" }
    let numbers = messages.prefix(6).map { "#\($0.number)" }.joined(separator: ", ")
    return (messages.count == 1 ? "message " : "messages ") + numbers + (messages.count > 6 ? ", …" : "")
}
