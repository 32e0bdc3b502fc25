/// The client side of an INVITE transaction.
///
/// RFC 3261 §17.1.1, Figure 5, as redrawn by RFC 6026 §8.4 with the Accepted state
package struct InviteClientTransaction: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case calling(retransmitAfter: Duration)
        case proceeding
        case completed
        case accepted
        case terminated
    }

    package enum Timer: String, Hashable, Sendable, CaseIterable {
        /// Retransmits the INVITE.
        case a = "A"
        /// Ends the wait for any response.
        case b = "B"
        /// Ends the wait for retransmitted final responses.
        case d = "D"
        /// Ends the wait for retransmitted and forked 2xx responses.
        case m = "M"
    }

    package enum Event: Hashable, Sendable {
        case response(ResponseClass)
        case timer(Timer)
        case transportError
    }

    package enum Effect: Hashable, Sendable {
        case sendInvite
        case sendACK
        /// Pass the response that just arrived to the transaction user.
        case passResponse
        case reportTimeout
        case reportTransportFailure
        case arm(Timer, after: Duration)
        case cancel(Timer)
        case terminate
    }

    package let timing: TransactionTiming
    package let reliability: Reliability
    package private(set) var state: State

    /// Sends the INVITE and enters the Calling state.
    package static func begin(timing: TransactionTiming, over reliability: Reliability) -> (Self, [Effect]) {
        let transaction = Self(
            timing: timing, reliability: reliability, state: .calling(retransmitAfter: timing.t1))
        let timeout = Effect.arm(.b, after: timing.timeout)
        switch reliability {
        case .unreliable: return (transaction, [.sendInvite, .arm(.a, after: timing.t1), timeout])
        case .reliable: return (transaction, [.sendInvite, timeout])
        }
    }

    package mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.calling(let interval), .timer(.a)):
            state = .calling(retransmitAfter: interval * 2)
            return [.sendInvite, .arm(.a, after: interval * 2)]
        case (.calling, .timer(.b)):
            state = .terminated
            return retransmissionsStopped + [.reportTimeout, .terminate]
        case (.calling, .transportError):
            state = .terminated
            return retransmissionsStopped + [.cancel(.b), .reportTransportFailure, .terminate]
        case (.calling, .response(.provisional)):
            state = .proceeding
            return retransmissionsStopped + [.cancel(.b), .passResponse]
        case (.calling, .response(.success)):
            return retransmissionsStopped + [.cancel(.b)] + accept()
        case (.calling, .response(.failure)):
            return retransmissionsStopped + [.cancel(.b)] + complete()

        case (.proceeding, .response(.provisional)):
            return [.passResponse]
        case (.proceeding, .response(.success)):
            return accept()
        case (.proceeding, .response(.failure)):
            return complete()

        case (.completed, .response(.failure)):
            return [.sendACK]
        case (.completed, .transportError):
            state = .terminated
            return [.cancel(.d), .reportTransportFailure, .terminate]
        case (.completed, .timer(.d)):
            state = .terminated
            return [.terminate]

        case (.accepted, .response(.success)):
            return [.passResponse]
        case (.accepted, .timer(.m)):
            state = .terminated
            return [.terminate]

        case (.calling, .timer(.d)), (.calling, .timer(.m)),
            (.proceeding, .timer), (.proceeding, .transportError),
            (.completed, .response(.provisional)), (.completed, .response(.success)),
            (.completed, .timer(.a)), (.completed, .timer(.b)), (.completed, .timer(.m)),
            (.accepted, .response(.provisional)), (.accepted, .response(.failure)),
            (.accepted, .timer(.a)), (.accepted, .timer(.b)), (.accepted, .timer(.d)), (.accepted, .transportError),
            (.terminated, _):
            return []
        }
    }

    private var retransmissionsStopped: [Effect] {
        switch reliability {
        case .unreliable: [.cancel(.a)]
        case .reliable: []
        }
    }

    private mutating func accept() -> [Effect] {
        state = .accepted
        return [.passResponse, .arm(.m, after: timing.timeout)]
    }

    /// RFC 3261 §17.1.1.2: timer D is zero over a reliable transport.
    private mutating func complete() -> [Effect] {
        switch reliability {
        case .unreliable:
            state = .completed
            return [.sendACK, .passResponse, .arm(.d, after: timing.acknowledging)]
        case .reliable:
            state = .terminated
            return [.sendACK, .passResponse, .terminate]
        }
    }
}
