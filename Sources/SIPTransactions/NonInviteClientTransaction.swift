/// The client side of a transaction that is not an INVITE.
///
/// RFC 3261 §17.1.2, Figure 6
package struct NonInviteClientTransaction: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case trying(retransmitAfter: Duration)
        case proceeding
        case completed
        case terminated
    }

    package enum Timer: String, Hashable, Sendable, CaseIterable {
        /// Retransmits the request.
        case e = "E"
        /// Ends the wait for a final response.
        case f = "F"
        /// Ends the wait for retransmitted final responses.
        case k = "K"
    }

    package enum Event: Hashable, Sendable {
        case response(ResponseClass)
        case timer(Timer)
        case transportError
    }

    package enum Effect: Hashable, Sendable {
        case sendRequest
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

    /// Sends the request and enters the Trying state.
    package static func begin(timing: TransactionTiming, over reliability: Reliability) -> (Self, [Effect]) {
        let transaction = Self(timing: timing, reliability: reliability, state: .trying(retransmitAfter: timing.t1))
        let timeout = Effect.arm(.f, after: timing.timeout)
        switch reliability {
        case .unreliable: return (transaction, [.sendRequest, .arm(.e, after: timing.t1), timeout])
        case .reliable: return (transaction, [.sendRequest, timeout])
        }
    }

    package mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.trying(let interval), .timer(.e)):
            let next = min(interval * 2, timing.t2)
            state = .trying(retransmitAfter: next)
            return [.sendRequest, .arm(.e, after: next)]
        case (.trying, .timer(.f)), (.proceeding, .timer(.f)):
            state = .terminated
            return retransmissionsStopped + [.reportTimeout, .terminate]
        case (.trying, .transportError), (.proceeding, .transportError):
            state = .terminated
            return retransmissionsStopped + [.cancel(.f), .reportTransportFailure, .terminate]
        case (.trying, .response(.provisional)):
            state = .proceeding
            return [.passResponse]
        case (.trying, .response(.success)), (.trying, .response(.failure)):
            return complete()

        case (.proceeding, .timer(.e)):
            return [.sendRequest, .arm(.e, after: timing.t2)]
        case (.proceeding, .response(.provisional)):
            return [.passResponse]
        case (.proceeding, .response(.success)), (.proceeding, .response(.failure)):
            return complete()

        case (.completed, .timer(.k)):
            state = .terminated
            return [.terminate]

        case (.trying, .timer(.k)), (.proceeding, .timer(.k)),
            (.completed, .response), (.completed, .timer(.e)), (.completed, .timer(.f)), (.completed, .transportError),
            (.terminated, _):
            return []
        }
    }

    private var retransmissionsStopped: [Effect] {
        switch reliability {
        case .unreliable: [.cancel(.e)]
        case .reliable: []
        }
    }

    /// RFC 3261 §17.1.2.2: timer K is zero over a reliable transport.
    private mutating func complete() -> [Effect] {
        let finished: [Effect] = retransmissionsStopped + [.cancel(.f), .passResponse]
        switch reliability {
        case .unreliable:
            state = .completed
            return finished + [.arm(.k, after: timing.t4)]
        case .reliable:
            state = .terminated
            return finished + [.terminate]
        }
    }
}
