import SIPDialogs
import SIPSyntax
import SIPTransactions

/// The end of a session, and the timers that watch over it.
extension IMSession {
    /// Sends BYE to these parties.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.1.2.8 and §6.1.1.2.9
    mutating func release(_ sides: Set<Side>) -> [Effect] {
        var effects = modificationFailed(Refusal(487)) + [.stopRelaying]
        effects += Side.allCases.flatMap { [.disarm(.refresh($0)), .disarm(.expiry($0))] as [Effect] }
        let parties = sides.filter { legs[$0]?.dialog?.state == .confirmed }
        state = .releasing(unanswered: parties)
        if parties.isEmpty { return effects + end([]) }
        for side in Side.allCases where parties.contains(side) && !awaitsAcknowledgement(of: side) {
            effects += bye(side)
        }
        return effects
    }

    /// Whether a 2xx response of the server has not been acknowledged by this party.
    func awaitsAcknowledgement(of side: Side) -> Bool { accepted[side]?.machine.state.isSettled == false }

    /// BYE follows the ACK.
    ///
    /// RFC 3261 §15: the party that accepted may not send it earlier, unless the ACK never comes.
    mutating func releaseAcknowledged(by side: Side) -> [Effect] {
        guard case .releasing(let unanswered) = state, unanswered.contains(side), awaitsAcknowledgement(of: side) else {
            return []
        }
        return care(for: side, .ack) + bye(side)
    }

    /// The ACK has not come in its time.
    ///
    /// RFC 3261 §13.3.1.4
    mutating func unacknowledged(by side: Side) -> [Effect] {
        switch state {
        case .established: release(Set(Side.allCases))
        case .releasing(let unanswered) where unanswered.contains(side): bye(side)
        case .calling, .proceeding, .cancelAwaited, .cancelled, .releasing, .ended: []
        }
    }

    private mutating func bye(_ side: Side) -> [Effect] {
        guard let bye = legs[side]?.dialog?.request(.bye) else { return [] }
        return [.send(bye, .bye(side))]
    }

    mutating func byeAnswered(by side: Side) -> [Effect] {
        guard case .releasing(var unanswered) = state else { return [] }
        unanswered.remove(side)
        state = .releasing(unanswered: unanswered)
        return unanswered.isEmpty ? end([]) : []
    }

    /// Starts the session timer of a leg anew.
    ///
    /// RFC 4028 §10
    func timers(of side: Side) -> [Effect] {
        guard let timer = legs[side]?.timer else { return [.disarm(.refresh(side)), .disarm(.expiry(side))] }
        let refresh = timer.refreshAfter.map { Effect.arm(.refresh(side), after: $0) } ?? .disarm(.refresh(side))
        return [refresh, .arm(.expiry(side), after: timer.expireAfter)]
    }
}

extension SessionTimer {
    /// The timer with an interval that can be kept, whatever the party has asked for.
    ///
    /// RFC 4028 §4: none below 90 s
    var bounded: SessionTimer {
        SessionTimer(interval: min(max(interval, .seconds(90)), .seconds(31_536_000)), role: role)
    }
}

extension AcceptedInvite.State {
    /// Whether nothing more is awaited.
    fileprivate var isSettled: Bool {
        switch self {
        case .unacknowledged: false
        case .acknowledged, .abandoned: true
        }
    }
}
