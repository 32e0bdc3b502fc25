/// The server side of a transaction that is neither an INVITE nor an ACK.
///
/// RFC 3261 §17.2.2, Figure 8
package struct NonInviteServerTransaction: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case trying
        case proceeding
        case completed
        case terminated
    }

    package enum Timer: String, Hashable, Sendable, CaseIterable {
        /// Ends the wait for retransmitted requests.
        case j = "J"
    }

    package enum Event: Hashable, Sendable {
        /// The request again.
        case request
        /// The transaction user hands over a response.
        case respond(ResponseClass)
        case timer(Timer)
        case transportError
    }

    package enum Effect: Hashable, Sendable {
        case passRequest
        /// Send the response that the transaction user just handed over.
        case sendResponse
        /// Send the most recent response again.
        case sendResponseAgain
        case reportTransportFailure
        case arm(Timer, after: Duration)
        case cancel(Timer)
        case terminate
    }

    package let timing: TransactionTiming
    package let reliability: Reliability
    package private(set) var state: State

    /// Passes the request up and enters the Trying state.
    package static func begin(timing: TransactionTiming, over reliability: Reliability) -> (Self, [Effect]) {
        (Self(timing: timing, reliability: reliability, state: .trying), [.passRequest])
    }

    package mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.trying, .respond(.provisional)):
            state = .proceeding
            return [.sendResponse]
        case (.trying, .respond(.success)), (.trying, .respond(.failure)):
            return complete()

        case (.proceeding, .request):
            return [.sendResponseAgain]
        case (.proceeding, .respond(.provisional)):
            return [.sendResponse]
        case (.proceeding, .respond(.success)), (.proceeding, .respond(.failure)):
            return complete()
        case (.proceeding, .transportError):
            state = .terminated
            return [.reportTransportFailure, .terminate]

        case (.completed, .request):
            return [.sendResponseAgain]
        case (.completed, .transportError):
            state = .terminated
            return [.cancel(.j), .reportTransportFailure, .terminate]
        case (.completed, .timer(.j)):
            state = .terminated
            return [.terminate]

        case (.trying, .request), (.trying, .timer), (.trying, .transportError),
            (.proceeding, .timer),
            (.completed, .respond),
            (.terminated, _):
            return []
        }
    }

    /// RFC 3261 §17.2.2: timer J is zero over a reliable transport.
    private mutating func complete() -> [Effect] {
        switch reliability {
        case .unreliable:
            state = .completed
            return [.sendResponse, .arm(.j, after: timing.timeout)]
        case .reliable:
            state = .terminated
            return [.sendResponse, .terminate]
        }
    }
}
