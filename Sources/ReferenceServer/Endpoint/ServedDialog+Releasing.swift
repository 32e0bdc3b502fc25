import SIPDialogs
import SIPSyntax
import SIPTransactions

/// The end of a dialog, and the timers that watch over it.
extension ServedDialog {
    /// Whether the latest 2xx response of the server has not been acknowledged.
    var awaitsAcknowledgement: Bool { accepted?.machine.state.isSettled == false }

    /// Ends the dialog, whatever stage it is in.
    mutating func release() -> [Effect] {
        switch state {
        case .calling, .proceeding:
            return giveUp()
        case .invited:
            return refuse(Refusal(487))
        case .established:
            return settle() + release(owing: .byServer)
        case .cancelAwaited, .cancelled, .releasing, .ended:
            return []
        }
    }

    private mutating func release(owing notice: Ending?) -> [Effect] {
        state = .releasing(owed: notice)
        // RFC 3261 §15: the party that accepted may not send BYE before the ACK, unless that never comes.
        return awaitsAcknowledgement ? [] : bye()
    }

    /// The party has ended the dialog, or no longer knows it.
    mutating func released(_ ending: Ending) -> [Effect] {
        let effects = settle() + (awaitsAcknowledgement ? care(.ack) : [])
        return end(effects + [.notice(.ended(ending))])
    }

    /// Ends a dialog of which the party seems to be gone; it is told nevertheless, unless it has said so itself.
    mutating func lose() -> [Effect] {
        guard dialog?.state == .confirmed else { return released(.lost) }
        return settle() + [.notice(.ended(.lost))] + release(owing: nil)
    }

    /// The ACK has not come in its time.
    ///
    /// RFC 3261 §13.3.1.4
    mutating func unacknowledged() -> [Effect] {
        switch state {
        case .established: lose()
        case .releasing: bye()
        case .calling, .proceeding, .cancelAwaited, .cancelled, .invited, .ended: []
        }
    }

    mutating func bye() -> [Effect] {
        guard let bye = dialog?.request(.bye) else { return [] }
        return [.send(bye, .bye)]
    }

    /// Lets go of what is under way.
    private mutating func settle() -> [Effect] {
        var effects: [Effect] = [.disarm(.refresh), .disarm(.expiry), .disarm(.retry)]
        if let modification { effects.append(.refuse(Refusal(487), modification.key)) }
        modification = nil
        waiting = nil
        return effects + modificationFailed(.unanswered(Refusal(487)))
    }

    /// Starts the session timer anew.
    ///
    /// RFC 4028 §10
    func timers() -> [Effect] {
        guard let timer else { return [.disarm(.refresh), .disarm(.expiry)] }
        let refresh = timer.refreshAfter.map { Effect.arm(.refresh, after: $0) } ?? .disarm(.refresh)
        return [refresh, .arm(.expiry, after: timer.expireAfter)]
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
    var isSettled: Bool {
        switch self {
        case .unacknowledged: false
        case .acknowledged, .abandoned: true
        }
    }
}
