package import SIPSyntax

extension SIPMessage {
    /// How long to wait until an offer that this response refuses is made again, where it is refused only for now.
    ///
    /// RFC 3261 §14.2: the side that still waits for an ACK, or has an INVITE to answer, says 500 and how long, ten
    /// seconds at most. A 491 leaves the time to who was refused (§14.1).
    package var pauseBeforeNextOffer: Duration? {
        guard status == 500, let text = first(.retryAfter), let pause = try? RetryAfter(parsing: text) else {
            return nil
        }
        return (0...10).contains(pause.seconds) ? .seconds(pause.seconds) : nil
    }
}
