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

    /// How many copies of a datagram count as one that has arrived, where only its sender has seen it.
    private static let copiesThatArrive = 6

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
    /// The protocols set the time that a receiver has. It counts only where the message has arrived as far as the
    /// trace can show, and where the trace would show the consequence.
    func overdue(after message: DissectedMessage) -> Decision? {
        guard isWhole(for: client(of: message)), hasArrived(message) else { return nil }
        let limit = message.isSIP ? Self.transactionLimit : Self.chunkLimit
        let silence = end - message.time
        return silence >= limit ? .window(silence) : nil
    }

    /// The client that is one end of the message, at which it and its consequences are seen.
    func client(of message: DissectedMessage) -> PartyName? {
        message.receiver == .server ? message.sender : message.receiver
    }

    /// Whether the message reached its receiver, as far as that can be known from its sender's end alone.
    ///
    /// A stream delivers while it is open, and a path that keeps order loses nothing; elsewhere several copies must
    /// have been sent, as RFC 3261 §17 has it, before their loss is no explanation.
    private func hasArrived(_ message: DissectedMessage) -> Bool {
        message.wasReceived || message.transport == .tcp || dissection.trace.datagramsKeepOrder
            || dissection.copies(of: message).count >= Self.copiesThatArrive
    }

    /// Why a response to this request should have come by now: it is overdue, or its sender has closed the connection.
    func unanswered(_ request: DissectedMessage) -> Decision? {
        if let decision = overdue(after: request) { return decision }
        guard isWhole(for: client(of: request)) else { return nil }
        return firstToClose(after: request) == request.receiver ? .presence : nil
    }

    /// Who was the first to close the connection of this message after it.
    func firstToClose(after message: DissectedMessage) -> PartyName? {
        guard message.transport == .tcp else { return nil }
        let route = Route(message).undirected
        let end = dissection.ends.first { $0.after >= message.number && Route($0).undirected == route }
        return end.flatMap { cast.party(at: $0.source.address)?.name }
    }
}
