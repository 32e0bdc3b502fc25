package import SIPSyntax

/// What the transactions of an element ask of its transports, its clock and its user.
package enum TransactionEffect<Hop: SIPHop>: Equatable, Sendable {
    // To the transport.
    case send(SIPMessage, Hop)

    // To the clock.
    case arm(TransactionTimer, after: Duration)
    case cancel(TransactionTimer)

    // To the transaction user.

    /// A new request, which is neither an ACK nor a CANCEL, waits for `respond`.
    case request(SIPMessage, TransactionKey, Hop)
    /// A CANCEL waits for `respond`; nil when there is no INVITE that it cancels (481).
    case cancellation(SIPMessage, TransactionKey, of: TransactionKey?, Hop)
    /// An ACK that ends no server transaction: it belongs to a 2xx response, or to nothing.
    case acknowledgement(SIPMessage, Hop)
    /// A new request for which there is no room; the user may answer 503 without a transaction.
    case refused(SIPMessage, Hop)
    case response(SIPMessage, TransactionKey)
    /// A response that matches no client transaction.
    case stray(SIPMessage, Hop)
    case timeout(TransactionKey)
    case transportFailure(TransactionKey)
    /// The transaction is over and forgotten; nothing more comes from it.
    case terminated(TransactionKey)
}
