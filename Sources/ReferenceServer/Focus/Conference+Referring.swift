import MessageBodies
import SIPSyntax

/// What one participant wants to be done about others.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.7 and §7.2.1.8
extension Conference {
    /// The reason not to add users, or nil when they may be added.
    ///
    /// §7.2.1.7 steps 1, 2 and 4
    func refusal(ofAdding entries: [ResourceLists.Entry], by inviter: Inviter) -> Refusal? {
        let user = inviter.originator.user
        guard state == .running, participant(at: user)?.standing == .connected,
            rules.allowsAdding(by: user, originator: participants[originator]?.address ?? "")
        else { return Refusal(403, .functionNotAllowed) }
        if inviter.asksForPrivacy, !rules.allowsAnonymity(of: user) { return Refusal(403, .anonymityNotAllowed) }
        let new = entries.filter { participant(at: $0.address)?.counts != true }
        guard let maximum = rules.maximumParticipants, count + new.count > maximum else { return nil }
        return Refusal(486, .tooManyParticipants)
    }

    /// Invites users who are not in the session yet, and may be.
    ///
    /// §7.2.1.7 step 9 and §7.2.2.7
    mutating func add(_ entries: [ResourceLists.Entry], by inviter: Inviter, referral: Int?) -> [Effect] {
        let single = entries.count == 1 ? referral : nil
        var effects: [Effect] = []
        for entry in entries where participant(at: entry.address)?.counts != true {
            if let group = rules.group, !group.permissions(of: entry.address).contains(.join) {
                effects += single.map { [.refer($0, status: 403, reason: nil)] } ?? []
            } else {
                effects += invite(entry, by: inviter, referral: single)
            }
        }
        // Whoever is in the session already has nothing to wait for; nor has he who asks for several at a time.
        let isDone = single == nil || effects.isEmpty
        return effects + (isDone ? referral.map { [.refer($0, status: 200, reason: nil)] } ?? [] : [])
    }

    /// The reason not to expel a user, or nil when he may be expelled.
    ///
    /// §7.2.1.8 steps 1 and 2
    func refusal(ofExpelling uri: String, by user: String) -> Refusal? {
        guard state == .running, participant(at: user)?.standing == .connected,
            rules.allowsExpelling(by: user, originator: participants[originator]?.address ?? "")
        else { return Refusal(403, .functionNotAllowed) }
        return participant(named: uri)?.standing == .connected ? nil : Refusal(404)
    }

    mutating func expel(_ uri: String, referral: Int?) -> [Effect] {
        guard let id = participant(named: uri)?.id else { return [] }
        participants[id]?.referral = referral
        return remove(id, as: .expelled)
    }
}
