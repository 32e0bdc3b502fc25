/// The user agent server's care for the 2xx response that it gave to an INVITE, until the ACK arrives.
///
/// RFC 3261 §13.3.1.4: over any transport, because the ACK travels end to end.
package struct AcceptedInvite: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case unacknowledged(retransmitAfter: Duration)
        case acknowledged
        case abandoned
    }

    package enum Timer: String, Hashable, Sendable, CaseIterable {
        case retransmit
        case giveUp
    }

    package enum Event: Hashable, Sendable {
        case ack
        case timer(Timer)
    }

    package enum Effect: Hashable, Sendable {
        /// Hand the 2xx response to the server transaction, the first time or again.
        case sendResponse
        /// The dialog is confirmed, but nobody knows it: send BYE.
        case reportUnacknowledged
        case arm(Timer, after: Duration)
        case cancel(Timer)
    }

    package let timing: TransactionTiming
    package private(set) var state: State

    /// Sends the 2xx response for the first time.
    package static func begin(timing: TransactionTiming) -> (Self, [Effect]) {
        let accepted = Self(timing: timing, state: .unacknowledged(retransmitAfter: timing.t1))
        return (
            accepted, [.sendResponse, .arm(.retransmit, after: timing.t1), .arm(.giveUp, after: timing.timeout)]
        )
    }

    package mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.unacknowledged(let interval), .timer(.retransmit)):
            let next = min(interval * 2, timing.t2)
            state = .unacknowledged(retransmitAfter: next)
            return [.sendResponse, .arm(.retransmit, after: next)]
        case (.unacknowledged, .ack):
            state = .acknowledged
            return [.cancel(.retransmit), .cancel(.giveUp)]
        case (.unacknowledged, .timer(.giveUp)):
            state = .abandoned
            return [.cancel(.retransmit), .reportUnacknowledged]

        case (.acknowledged, _), (.abandoned, _):
            return []
        }
    }
}
