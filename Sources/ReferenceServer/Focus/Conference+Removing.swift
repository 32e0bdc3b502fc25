import MessageBodies
import SDP
import SIPSyntax

/// Participants who leave or are removed, and the end of the session.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.10, §7.2.2.5, §7.2.2.8, §7.2.2.12 and §9.3.1.3
extension Conference {
    /// How long those who are to be removed have to take what was sent to them.
    static let drainingTime = Duration.seconds(10)

    /// The dialog of a participant is over.
    mutating func left(_ id: Participant.ID) -> [Effect] {
        let isExpelled = participants[id]?.standing == .expelled
        participants[id]?.standing = isExpelled && rules.policy.expulsion == .forTheSession ? .banned : .absent
        participants[id].map { aliases.leave($0.entity) }
        var effects = closeMedia(of: id) + forgetGrowth(of: id)
        effects += tellReferrer(of: id, status: 200) + changed(id) + endSubscriptions(of: id)
        effects += checkRelease(leaving: id)
        for line in lines where state == .running { effects += endForOthers(line.id, than: id) }
        return effects
    }

    /// Removes a participant.
    mutating func remove(_ id: Participant.ID, as standing: Participant.Standing) -> [Effect] {
        guard participants[id]?.standing == .connected else { return [] }
        participants[id]?.standing = standing
        if standing == .expelled, faults.has(.expelledWithoutBye) { return left(id) }
        if standing == .expelled, faults.has(.expelledStays) { return changed(id) }
        // Nothing is sent to him any more, and nothing taken of him.
        return perform(exchange.close(id)) + closeSessions(of: id) + [.command(.release, id)]
    }

    private func closeSessions(of id: Participant.ID) -> [Effect] {
        (participants[id]?.media.openLines ?? []).map { .media(.close(session: $0.session), of: id) }
    }

    /// Ends the session if it may not go on.
    ///
    /// §7.2.2.8 step 1
    mutating func checkRelease(leaving id: Participant.ID? = nil) -> [Effect] {
        guard state == .running else { return [] }
        if id == originator, kind == .largeMessage || rules.endsWithOriginator {
            return faults.endsWithOriginator(kind, isAdHoc: rules.group == nil) ? finish() : []
        }
        let isAwaited = participants.values.contains { $0.standing == .invited || $0.standing == .joining }
        let remaining = participants.values.count { $0.standing == .connected }
        guard !isAwaited, remaining <= rules.remainingParticipants(ofInvited: participants.count) else { return [] }
        return finish()
    }

    /// Ends the session: whoever is in it is removed once he has got what was sent to him.
    mutating func finish() -> [Effect] {
        guard state != .ending, state != .ended else { return [] }
        state = .ending
        growth = nil
        var effects: [Effect] = [.disarm(.maximumDuration), .arm(.draining, after: Self.drainingTime)]
        for participant in inOrder {
            switch participant.standing {
            // A message that waits for somebody to accept is for him, even if its sender has gone.
            case .invited where exchange.hasWaiting(participant.id):
                break
            case .invited:
                effects += perform(exchange.close(participant.id)) + [.command(.release, participant.id)]
                effects += tellReferrer(of: participant.id, status: 487)
                participants[participant.id]?.standing = .absent
            case .joining:
                effects.append(.command(.refuse(Refusal(480)), participant.id))
                participants[participant.id]?.standing = .absent
            case .connected, .leaving, .expelled, .absent, .banned:
                break
            }
        }
        return effects + removeDrained() + endSubscriptions()
    }

    mutating func removeDrained() -> [Effect] {
        let ready = inOrder.filter { $0.standing == .connected && exchange.isDrained($0.id) }
        return ready.flatMap { release($0.id) } + endIfEmpty()
    }

    mutating func removeEverybody() -> [Effect] {
        let left = inOrder.filter { $0.standing == .connected || $0.standing == .invited }
        return left.flatMap { release($0.id) } + endIfEmpty()
    }

    private mutating func release(_ id: Participant.ID) -> [Effect] {
        // An invitation that is cancelled has nothing more to say.
        let isInvited = participants[id]?.standing == .invited
        participants[id]?.standing = isInvited ? .absent : .leaving
        return [.command(.release, id)]
    }

    /// What comes from a participant while everybody is being removed.
    mutating func removed(_ notice: ServedDialog.Notice, of id: Participant.ID) -> [Effect] {
        switch notice {
        case .ended:
            participants[id]?.standing = .absent
            return closeMedia(of: id) + tellReferrer(of: id, status: 200) + endIfEmpty()
        case .accepted(let response) where participants[id]?.standing == .invited:
            let answer = try? SessionDescription(parsing: response.body)
            participants[id]?.standing = .connected
            return settle(answer.map(ConferenceLine.offered(in:)) ?? [], of: id) + removeDrained()
        case .accepted:
            return [.command(.release, id)]
        case .refused where participants[id]?.standing == .invited:
            participants[id]?.standing = .absent
            return closeMedia(of: id) + endIfEmpty()
        case .modifying:
            return [.command(.refuse(Refusal(481)), id)]
        case .proceeding, .refused, .cancelled, .confirmed, .modificationCancelled, .modified, .modificationRefused,
            .request, .answered:
            return []
        }
    }

    private mutating func endIfEmpty() -> [Effect] {
        let isEmpty = participants.values.allSatisfy {
            switch $0.standing {
            case .invited, .joining, .connected, .leaving, .expelled: false
            case .absent, .banned: true
            }
        }
        guard state == .ending, isEmpty else { return [] }
        state = .ended
        return exchange.reports.keys.sorted().map { .disarm(.report($0)) } + [.disarm(.draining), .end]
    }

    /// The group has other rules, or is no more.
    ///
    /// §7.2.2.8 steps 1f and 2a
    mutating func groupChanged(_ group: GroupDocument?) -> [Effect] {
        guard let group, group.supportsIM else { return finish() }
        rules.audience = .group(group)
        var effects: [Effect] = []
        for participant in inOrder where participant.standing == .connected {
            let permissions = group.permissions(of: participant.address)
            exchange.setPrivacy(
                of: participant.id, mayWritePrivately: rules.allowsPrivateMessages(of: participant.address))
            let isAllowed =
                permissions.contains(.join)
                || (participant.id == originator && permissions.contains(.initiateConference))
            if !isAllowed { effects += remove(participant.id, as: .leaving) }
        }
        return effects
    }
}
