import MessageBodies
import SIPDialogs
import SIPSyntax

/// The state of the conference as each subscriber is told of it.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.12, §7.2.2.10 and §7.2.2.11, RFC 4575
extension Conference {
    /// The reason not to tell a user of the state, or nil when he may know it.
    ///
    /// §7.2.1.12 steps 3 and 4
    func refusal(ofSubscriptionBy user: String) -> Refusal? {
        guard let participant = participant(at: user),
            participant.standing == .connected || participant.standing == .joining, rules.allowsState(for: user),
            state == .inviting || state == .running
        else { return Refusal(403, .functionNotAllowed) }
        return nil
    }

    mutating func subscribe(_ user: String, as subscriber: Int) {
        guard let participant = participant(at: user) else { return }
        subscribers[subscriber] = Subscriber(participant: participant.id)
    }

    /// Tells every subscriber what has become of one participant.
    mutating func changed(_ id: Participant.ID) -> [Effect] {
        guard let participant = participants[id], faults.tells(of: participant.standing) else { return [] }
        return subscribers.keys.sorted().flatMap { subscriber -> [Effect] in
            guard let own = subscribers[subscriber]?.participant, participants[own]?.standing == .connected else {
                return []
            }
            return [
                .notify(subscriber: subscriber, notification(.partial, of: [participant], to: subscriber), last: nil)
            ]
        }
    }

    mutating func wholeState(for subscriber: Int, last: Subscription.Reason?) -> [Effect] {
        guard subscribers[subscriber] != nil else { return [] }
        let present = inOrder.filter { $0.standing == .connected }
        return [.notify(subscriber: subscriber, notification(.full, of: present, to: subscriber), last: last)]
    }

    /// §7.2.2.11: a subscription ends when the subscriber leaves.
    mutating func endSubscriptions(of id: Participant.ID) -> [Effect] {
        let own = subscribers.filter { $0.value.participant == id }.keys.sorted()
        for subscriber in own { subscribers[subscriber] = nil }
        return own.map { .notify(subscriber: $0, nil, last: .noResource) }
    }

    mutating func endSubscriptions() -> [Effect] {
        let all = subscribers.keys.sorted()
        subscribers = [:]
        return all.map { .notify(subscriber: $0, nil, last: .noResource) }
    }

    private mutating func notification(
        _ extent: ConferenceInfo.State, of participants: [Participant], to subscriber: Int
    ) -> Subscription.Notification {
        subscribers[subscriber]?.version += 1
        let own = subscribers[subscriber]?.participant
        let users = participants.map { participant in
            ConferenceInfo.User(
                entity: participant.entity, displayText: participant.displayName, isOwn: participant.id == own,
                status: participant.standing == .connected ? .connected : .disconnected)
        }
        let document = ConferenceInfo(
            entity: entity, state: extent, version: subscribers[subscriber]?.version, users: users)
        return Subscription.Notification(
            contentType: ConferenceInfo.mediaType, body: faults.state(document).serialized())
    }
}
