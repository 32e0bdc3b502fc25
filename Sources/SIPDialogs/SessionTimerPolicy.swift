package import SIPSyntax

/// What one end wants of session timers, and how it negotiates.
///
/// RFC 4028
package struct SessionTimerPolicy: Hashable, Sendable {
    /// The interval wanted, in seconds.
    package var seconds: Int
    /// The shortest interval taken, in seconds, never below 90.
    package var minimum: Int

    package init(seconds: Int = 1800, minimum: Int = 90) {
        self.seconds = seconds
        self.minimum = minimum
    }

    /// What a server answers with.
    package enum Answer: Hashable, Sendable {
        /// The 2xx response carries this field, and Require: timer where the client supports it.
        case agreed(SessionInterval, Requirement)
        /// The interval offered is too short: answer 422 with Min-SE.
        case tooShort(minimum: Int)
    }

    /// Whether the 2xx response carries Require: timer.
    package enum Requirement: Hashable, Sendable {
        case timer
        case nothing
    }

    /// The fields of a request that offers a session timer, apart from Supported: timer.
    ///
    /// RFC 4028 §7.1
    package func offer(refresher: SessionInterval.Refresher?) -> [SIPField] {
        let expires = SIPField(.sessionExpires, SessionInterval(seconds, refresher: refresher).description)
        return minimum > 90 ? [expires, SIPField(.minSE, String(minimum))] : [expires]
    }

    /// The policy to try again with after 422.
    ///
    /// RFC 4028 §7.3
    package func raised(by response: SIPMessage) -> SessionTimerPolicy? {
        guard response.status == 422, let required = response.minSE, required > minimum else { return nil }
        return SessionTimerPolicy(seconds: max(seconds, required), minimum: required)
    }

    /// The answer to a request, which may or may not offer a session timer.
    ///
    /// RFC 4028 §9 and Table 2: the client's choice of refresher stands; a client without support cannot refresh. Left
    /// with the choice, the server prefers the given refresher.
    package func answer(to request: SIPMessage, preferring refresher: SessionInterval.Refresher) -> Answer {
        let isSupported = request.list(.supported).contains { $0.lowercased() == "timer" }
        let offer = request.sessionInterval
        if let offer, offer.seconds < minimum, isSupported { return .tooShort(minimum: minimum) }
        let floor = max(minimum, request.minSE ?? 0)
        let agreed = max(floor, min(seconds, offer?.seconds ?? seconds))
        guard isSupported else { return .agreed(SessionInterval(agreed, refresher: .server), .nothing) }
        return .agreed(SessionInterval(agreed, refresher: offer?.refresher ?? refresher), .timer)
    }
}

extension SIPMessage {
    /// RFC 4028 §5.
    fileprivate var minSE: Int? {
        first(.minSE).flatMap { value in
            Int(value.prefix { $0.isNumber })
        }
    }
}
