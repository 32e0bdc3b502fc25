import SIPSyntax

/// A request that the proxy core has forwarded to one target, until its outcome has been passed back.
///
/// RFC 3261 §16.7 to §16.10
struct ResponseContext: Equatable {
    enum State: Equatable {
        /// Nothing has come back.
        case calling
        /// A provisional response has come back.
        case proceeding
        /// The client wants to cancel, which must wait for a provisional response.
        ///
        /// RFC 3261 §9.1
        case cancelAwaited
        /// CANCEL has been sent.
        case cancelled
        /// A final response has been passed back.
        case completed
    }

    enum Timer: String, Hashable, CaseIterable {
        /// Ends the wait for a final response to an INVITE.
        case c = "C"
        /// Ends the wait for the final response to a cancelled INVITE.
        case cancelled
    }

    enum Event: Equatable {
        /// A response, without the Via of the proxy.
        case response(SIPMessage)
        case timeout
        case transportFailure
        /// A CANCEL for the request has come, and has been answered.
        case cancel
        case timer(Timer)
    }

    enum Effect: Equatable {
        /// Pass the response back as it is.
        case forward(SIPMessage)
        /// Answer the request in place of the target.
        case refuse(Refusal)
        /// Send CANCEL after the forwarded request.
        case cancel
        /// Forget the forwarded request, which will not be answered any more.
        case abandon
        case arm(Timer, after: Duration)
        case disarm(Timer)
    }

    let isInvite: Bool
    let ringing: Duration
    let timeout: Duration
    private(set) var state = State.calling

    /// The context of a request about to be forwarded.
    static func begin(for request: SIPMessage, ringing: Duration, timeout: Duration) -> (ResponseContext, [Effect]) {
        let context = ResponseContext(isInvite: request.method == .invite, ringing: ringing, timeout: timeout)
        return (context, context.isInvite ? [.arm(.c, after: ringing)] : [])
    }

    private init(isInvite: Bool, ringing: Duration, timeout: Duration) {
        self.isInvite = isInvite
        self.ringing = ringing
        self.timeout = timeout
    }

    mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.calling, .response(let response)), (.proceeding, .response(let response)):
            return pass(response)
        case (.calling, .timeout), (.proceeding, .timeout):
            return complete([.refuse(Refusal(408))])
        // RFC 3261 §16.9 has it as 503, and §16.7 step 6 makes a 500 of that for the client.
        case (.calling, .transportFailure), (.proceeding, .transportFailure):
            return complete([.refuse(Refusal(500, because: "The next hop cannot be reached"))])
        case (.calling, .cancel) where isInvite:
            state = .cancelAwaited
            return [.disarm(.c), .arm(.cancelled, after: timeout)]
        case (.proceeding, .cancel) where isInvite:
            state = .cancelled
            return [.cancel, .disarm(.c), .arm(.cancelled, after: timeout)]
        case (.calling, .timer(.c)):
            return complete([.abandon, .refuse(Refusal(408))])
        case (.proceeding, .timer(.c)):
            state = .cancelled
            return [.cancel, .arm(.cancelled, after: timeout)]

        case (.cancelAwaited, .response(let response)) where response.isProvisional:
            state = .cancelled
            return [.cancel]
        case (.cancelAwaited, .response(let response)), (.cancelled, .response(let response)):
            return pass(response)
        case (.cancelAwaited, .timeout), (.cancelled, .timeout), (.cancelAwaited, .transportFailure),
            (.cancelled, .transportFailure):
            return complete([.refuse(Refusal(487))])
        case (.cancelAwaited, .timer(.cancelled)), (.cancelled, .timer(.cancelled)):
            return complete([.abandon, .refuse(Refusal(487))])

        // RFC 3261 §16.7 step 5: every 2xx to an INVITE is passed back at once, also after a final response.
        case (.completed, .response(let response)) where isInvite && response.isSuccess:
            return [.forward(response)]
        case (.calling, .cancel), (.proceeding, .cancel), (.calling, .timer(.cancelled)),
            (.proceeding, .timer(.cancelled)), (.cancelAwaited, .cancel), (.cancelled, .cancel),
            (.cancelAwaited, .timer(.c)), (.cancelled, .timer(.c)), (.completed, _):
            return []
        }
    }

    private mutating func pass(_ response: SIPMessage) -> [Effect] {
        switch response.status {
        case 100?:
            if state == .calling { state = .proceeding }
            return []
        case (101...199)?:
            if state == .calling { state = .proceeding }
            let isRinging = isInvite && state == .proceeding
            return [.forward(response)] + (isRinging ? [.arm(.c, after: ringing)] : [])
        case 503?:
            return complete([.refuse(Refusal(500, because: "The target is unavailable"))])
        default:
            return complete([.forward(response)])
        }
    }

    private mutating func complete(_ effects: [Effect]) -> [Effect] {
        state = .completed
        return effects + (isInvite ? Timer.allCases.map(Effect.disarm) : [])
    }
}

extension SIPMessage {
    var isProvisional: Bool { status.map { $0 < 200 } ?? false }
    var isSuccess: Bool { status.map { (200...299).contains($0) } ?? false }
}
