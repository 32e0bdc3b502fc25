import SIPDialogs
import SIPSyntax

/// The end of a session, and the timers that watch over it.
extension IMSession {
    /// Sends BYE to these parties.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.1.2.8 and §6.1.1.2.9
    mutating func release(_ sides: Set<Side>) -> [Effect] {
        var effects = modificationFailed(Refusal(487)) + [.stopRelaying]
        effects += Side.allCases.flatMap { [.disarm(.refresh($0)), .disarm(.expiry($0))] as [Effect] }
        var unanswered: Set<Side> = []
        for side in Side.allCases where sides.contains(side) {
            guard legs[side]?.dialog?.state == .confirmed, let bye = legs[side]?.dialog?.request(.bye) else { continue }
            unanswered.insert(side)
            effects.append(.send(bye, .bye(side)))
        }
        state = .releasing(unanswered: unanswered)
        return unanswered.isEmpty ? effects + end([]) : effects
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
