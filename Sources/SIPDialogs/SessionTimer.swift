package import SIPSyntax

/// The session timer that two ends agreed on, as one of them keeps it.
///
/// RFC 4028
package struct SessionTimer: Hashable, Sendable {
    package enum Role: Hashable, Sendable {
        /// Sends the refreshes.
        case refreshes
        /// Waits for the refreshes of the peer.
        case watches
    }

    /// How long the session lives without a refresh.
    package let interval: Duration
    package let role: Role

    package init(interval: Duration, role: Role) {
        self.interval = interval
        self.role = role
    }

    /// The timer at the end that sent the request, from the field of the 2xx response to it.
    ///
    /// RFC 4028 §7.2: without the field there is none; without the refresher, which must be there, the client refreshes.
    package init?(client response: SIPMessage) {
        guard let agreed = response.sessionInterval else { return nil }
        self.init(interval: .seconds(agreed.seconds), role: agreed.refresher == .server ? .watches : .refreshes)
    }

    /// The timer at the end that answered the request with this field in its 2xx response.
    package init(server agreed: SessionInterval) {
        self.init(interval: .seconds(agreed.seconds), role: agreed.refresher == .server ? .refreshes : .watches)
    }

    /// How long after the last refresh to send the next one; nil when that is the peer's part.
    ///
    /// RFC 4028 §7.2: half the interval.
    package var refreshAfter: Duration? {
        switch role {
        case .refreshes: interval / 2
        case .watches: nil
        }
    }

    /// How long after the last refresh to end the session with a BYE.
    ///
    /// RFC 4028 §10: earlier than the interval by a third of it, at most by 32 s.
    package var expireAfter: Duration { interval - min(.seconds(32), interval / 3) }
}

extension SIPMessage {
    /// The value of Session-Expires; one that breaks the grammar is as good as none.
    var sessionInterval: SessionInterval? { (try? sessionExpires()).flatMap(\.self) }
}
