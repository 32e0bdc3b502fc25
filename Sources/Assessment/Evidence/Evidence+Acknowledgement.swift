import Conformance
import Dissection

// The ACK of a 2xx, which is a request of its own.
extension Evidence {
    /// The ACK that acknowledges this 2xx: of its dialog, with the CSeq number of the INVITE.
    ///
    /// RFC 3261 §13.2.2.4; it goes where the route says, which need not be where the 2xx came from
    func acknowledgement(of success: DissectedMessage) -> DissectedMessage? {
        dialog(of: success).first { message in
            message.requestMethod == "ACK" && message.number > success.number
                && message.sipSummary?.sequence == success.sipSummary?.sequence
                && (message.sender == success.receiver || message.receiver == success.sender)
        }
    }

    /// Why the ACK of this 2xx should have come by now, or nil while it still may.
    ///
    /// The time is over after 64 × T1 (RFC 3261 §13.3.1.4), and at once when the one who owes the ACK ends the dialog:
    /// whoever sends a BYE has the 2xx and has gone on. At the other end that shows something only where the ACK cannot
    /// have been lost.
    func unacknowledged(_ success: DissectedMessage) -> Decision? {
        if let decision = overdue(after: success) { return decision }
        let isSeenWhereItLeaves = success.receiver != .server
        guard isWhole(for: client(of: success)), isSeenWhereItLeaves || isOrdered(success) else { return nil }
        let isEnded = byes(after: success).contains { $0.sender == success.receiver }
        return isEnded ? .presence : nil
    }

    /// Whether a datagram that answers this one can have been lost, and nobody asked for it again before the dialog was
    /// over.
    func mayHaveLostOne(after message: DissectedMessage) -> Bool {
        guard !isOrdered(message) else { return false }
        return dissection.copies(of: message).count == 1 || !byes(after: message).isEmpty
    }

    /// The BYEs in the dialog of a message after it.
    func byes(after message: DissectedMessage) -> [DissectedMessage] {
        dialog(of: message).filter { $0.requestMethod == "BYE" && $0.number > message.number }
    }
}
