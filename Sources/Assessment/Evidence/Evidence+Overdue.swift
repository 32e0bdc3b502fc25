import Conformance
import Dissection
import Network

// Why a trace shows that something should have come by now.
extension Evidence {
    /// How long a SIP transaction may last: 64 × T1.
    ///
    /// RFC 3261 §17.1.2.2 Timer F, and §13.3.1.4 for the ACK of a 2xx
    static let transactionLimit = Duration.seconds(32)

    /// How long the response to an MSRP request may take.
    ///
    /// RFC 4975 §7.1.1
    static let chunkLimit = Duration.seconds(30)

    /// Whether the trace is whole as far as this party is concerned, so that an absence in it means something.
    ///
    /// It is not where the witness reports losses, where bytes of the party's streams are missing, and where nothing
    /// at all was seen at the party: a capture of the other side of the network shows no absence here.
    func isWhole(for party: PartyName?) -> Bool {
        guard dissection.trace.defects.isEmpty, let party else { return false }
        let addresses = cast[party]?.addresses ?? []
        let hasGap = dissection.gaps.contains {
            addresses.contains($0.source.address) || addresses.contains($0.destination.address)
        }
        return !hasGap && messages.contains { $0.wasSeen(.sent, at: party) || $0.wasSeen(.received, at: party) }
    }

    /// Why a response or other consequence of the message should have come by now, or nil while it still may.
    ///
    /// The protocols set the time that a receiver has. It counts only where the trace would show the consequence, and
    /// where the loss of datagrams does not explain its absence.
    func overdue(after message: DissectedMessage) -> Decision? {
        guard isWhole(for: client(of: message)), isNoLoss(message) else { return nil }
        let limit = message.isSIP ? Self.transactionLimit : Self.chunkLimit
        let silence = end - message.time
        return silence >= limit ? .window(silence, .deadline) : nil
    }

    /// The client that is one end of the message, at which it and its consequences are seen.
    func client(of message: DissectedMessage) -> PartyName? {
        message.receiver == .server ? message.sender : message.receiver
    }

    /// Whether the network is no explanation for an exchange that did not come about.
    ///
    /// A stream delivers while it is open, and a path that keeps order loses nothing. Elsewhere each copy of the message
    /// was a trial, and by the share of trials that failed in the exchanges that did come about, the chance that all of
    /// these did must be below one in a million.
    private func isNoLoss(_ message: DissectedMessage) -> Bool {
        if isOrdered(message) { return true }
        return losses.chance(of: dissection.copies(of: message).count) < 1e-6
    }

    /// Why a response to this request should have come by now: it is overdue, or its sender has closed the connection.
    ///
    /// A sender that ends the session itself before the time is over has not waited for it.
    func unanswered(_ request: DissectedMessage) -> Decision? {
        if isLeftBehind(request) { return nil }
        if let decision = overdue(after: request) { return decision }
        guard isWhole(for: client(of: request)) else { return nil }
        return firstToClose(after: request) == request.receiver ? .presence : nil
    }

    /// Whether the sender of the request has ended a session, or its connection, before the time for an answer was over.
    func isLeftBehind(_ request: DissectedMessage) -> Bool {
        hasLeft(request.sender, after: request, before: request.time + Self.chunkLimit)
    }

    /// Whether the party closed the connection of this message first, or sent a BYE after it and before that time.
    func hasLeft(_ party: PartyName?, after message: DissectedMessage, before limit: Instant? = nil) -> Bool {
        if firstToClose(after: message) == party { return true }
        return messages.suffix(from: message.number).prefix { later in limit.map { later.time < $0 } ?? true }
            .contains { $0.requestMethod == "BYE" && $0.sender == party }
    }

    /// Who was the first to close the connection of this message after it.
    func firstToClose(after message: DissectedMessage) -> PartyName? {
        guard message.transport == .tcp else { return nil }
        let route = Route(message).undirected
        let end = dissection.ends.first { $0.after >= message.number && Route($0).undirected == route }
        return end.flatMap { cast.party(at: $0.source.address)?.name }
    }
}
