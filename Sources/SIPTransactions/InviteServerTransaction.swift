/// The server side of an INVITE transaction.
///
/// RFC 3261 §17.2.1, Figure 7, as redrawn by RFC 6026 §8.7 with the Accepted state
package struct InviteServerTransaction: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case proceeding(FirstResponse)
        case completed(retransmitAfter: Duration)
        case confirmed
        case accepted
        case terminated
    }

    /// Whether the INVITE has had any response.
    package enum FirstResponse: Hashable, Sendable {
        case awaited
        case sent
    }

    package enum Timer: String, Hashable, Sendable, CaseIterable {
        /// Sends 100 (Trying) when the transaction user is slow.
        case trying = "100"
        /// Retransmits the final response.
        case g = "G"
        /// Ends the wait for the ACK.
        case h = "H"
        /// Ends the wait for retransmitted ACKs.
        case i = "I"
        /// Ends the wait for ACKs to 2xx responses and for retransmitted INVITEs.
        case l = "L"
    }

    package enum Event: Hashable, Sendable {
        /// The INVITE again.
        case invite
        case ack
        /// The transaction user hands over a response.
        case respond(ResponseClass)
        case timer(Timer)
        case transportError
    }

    package enum Effect: Hashable, Sendable {
        case passInvite
        case passACK
        case sendTrying
        /// Send the response that the transaction user just handed over.
        case sendResponse
        /// Send the most recent response again.
        case sendResponseAgain
        case reportTimeout
        case reportTransportFailure
        case arm(Timer, after: Duration)
        case cancel(Timer)
        case terminate
    }

    package let timing: TransactionTiming
    package let reliability: Reliability
    package private(set) var state: State

    /// Passes the INVITE up and enters the Proceeding state.
    package static func begin(timing: TransactionTiming, over reliability: Reliability) -> (Self, [Effect]) {
        let transaction = Self(timing: timing, reliability: reliability, state: .proceeding(.awaited))
        return (transaction, [.passInvite, .arm(.trying, after: timing.trying)])
    }

    package mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.proceeding(.awaited), .timer(.trying)):
            state = .proceeding(.sent)
            return [.sendTrying]
        case (.proceeding(.sent), .invite):
            return [.sendResponseAgain]
        case (.proceeding(let first), .respond(.provisional)):
            state = .proceeding(.sent)
            return tryingSpared(first) + [.sendResponse]
        case (.proceeding, .transportError):
            return [.reportTransportFailure]
        case (.proceeding(let first), .respond(.failure)):
            return tryingSpared(first) + complete()
        case (.proceeding(let first), .respond(.success)):
            state = .accepted
            return tryingSpared(first) + [.sendResponse, .arm(.l, after: timing.timeout)]

        case (.completed, .invite):
            return [.sendResponseAgain]
        case (.completed(let interval), .timer(.g)):
            let next = min(interval * 2, timing.t2)
            state = .completed(retransmitAfter: next)
            return [.sendResponseAgain, .arm(.g, after: next)]
        case (.completed, .transportError):
            return [.reportTransportFailure]
        case (.completed, .ack):
            return confirm()
        // Figure 7 of RFC 6026 writes no action here; the text of RFC 3261 §17.2.1 has the user informed.
        case (.completed, .timer(.h)):
            state = .terminated
            return retransmissionsStopped + [.reportTimeout, .terminate]

        case (.confirmed, .timer(.i)):
            state = .terminated
            return [.terminate]

        case (.accepted, .ack):
            return [.passACK]
        case (.accepted, .respond(.success)):
            return [.sendResponse]
        case (.accepted, .transportError):
            return [.reportTransportFailure]
        case (.accepted, .timer(.l)):
            state = .terminated
            return [.terminate]

        case (.proceeding(.awaited), .invite), (.proceeding, .ack),
            (.proceeding(.sent), .timer(.trying)), (.proceeding, .timer(.g)), (.proceeding, .timer(.h)),
            (.proceeding, .timer(.i)), (.proceeding, .timer(.l)),
            (.completed, .respond), (.completed, .timer(.trying)), (.completed, .timer(.i)), (.completed, .timer(.l)),
            (.confirmed, .invite), (.confirmed, .ack), (.confirmed, .respond), (.confirmed, .transportError),
            (.confirmed, .timer(.trying)), (.confirmed, .timer(.g)), (.confirmed, .timer(.h)),
            (.confirmed, .timer(.l)),
            (.accepted, .invite), (.accepted, .respond(.provisional)), (.accepted, .respond(.failure)),
            (.accepted, .timer(.trying)), (.accepted, .timer(.g)), (.accepted, .timer(.h)), (.accepted, .timer(.i)),
            (.terminated, _):
            return []
        }
    }

    private func tryingSpared(_ first: FirstResponse) -> [Effect] {
        switch first {
        case .awaited: [.cancel(.trying)]
        case .sent: []
        }
    }

    private var retransmissionsStopped: [Effect] {
        switch reliability {
        case .unreliable: [.cancel(.g)]
        case .reliable: []
        }
    }

    private mutating func complete() -> [Effect] {
        state = .completed(retransmitAfter: timing.t1)
        let timeout = Effect.arm(.h, after: timing.timeout)
        switch reliability {
        case .unreliable: return [.sendResponse, .arm(.g, after: timing.t1), timeout]
        case .reliable: return [.sendResponse, timeout]
        }
    }

    /// RFC 3261 §17.2.1: timer I is zero over a reliable transport.
    private mutating func confirm() -> [Effect] {
        let acknowledged: [Effect] = retransmissionsStopped + [.cancel(.h)]
        switch reliability {
        case .unreliable:
            state = .confirmed
            return acknowledged + [.arm(.i, after: timing.t4)]
        case .reliable:
            state = .terminated
            return acknowledged + [.terminate]
        }
    }
}
