/// The three durations that every timer of a transaction is made of.
///
/// RFC 3261 §17.1.1.1, §17.1.1.2 and Table 4
package struct TransactionTiming: Hashable, Sendable {
    /// The estimated round-trip time, and the first interval between retransmissions.
    package var t1: Duration
    /// The longest interval between retransmissions of a non-INVITE request or an INVITE response.
    package var t2: Duration
    /// The longest time that a message stays in the network.
    package var t4: Duration

    package init(t1: Duration = .milliseconds(500), t2: Duration = .seconds(4), t4: Duration = .seconds(5)) {
        self.t1 = t1
        self.t2 = t2
        self.t4 = t4
    }

    /// How long a transaction lives without an answer: timers B, F, H, J, L and M.
    package var timeout: Duration { t1 * 64 }

    /// How long an INVITE client stays to acknowledge retransmitted final responses: timer D.
    ///
    /// RFC 3261 §17.1.1.2: the peer's T1 is unknown, so never less than 32 s.
    package var acknowledging: Duration { max(timeout, .seconds(32)) }

    /// How long the transaction user may think about an INVITE before 100 (Trying) is sent for it.
    ///
    /// RFC 3261 §17.2.1
    package var trying: Duration { .milliseconds(200) }
}
