import Bytes
import MessageBodies
import SDP
import SIPDialogs
import SIPSyntax

/// Invitations of the focus, and what comes of them.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.2.1 and §7.2.2.2
extension Conference {
    mutating func invite(_ entry: ResourceLists.Entry, by inviter: Inviter, referral: Int? = nil) -> [Effect] {
        let name = rules.group?.member(entry.uri)?.displayName ?? entry.displayName
        let id = addParticipant(entry.address, entity: entry.identity, displayName: name, standing: .invited)
        participants[id]?.referral = referral
        aliases.enter(entry.identity, displayName: name)
        for line in offeredLines {
            participants[id]?.media.offer(line)
            exchange.expect(seat(of: id, in: line, theirs: nil), at: .init(participant: id, line: line.id))
        }
        let body = participants[id]?.media.description() ?? []
        return [.invite(id, invitation(of: entry, by: inviter, body: body))]
    }

    /// The lines that somebody who is invited now is offered: a file that was sent before is not sent again.
    private var offeredLines: [ConferenceLine] {
        lines.filter { state == .inviting || (!$0.isFile && $0.offerer == originator) }
    }

    private mutating func invitation(
        of entry: ResourceLists.Entry, by inviter: Inviter, body: [UInt8]
    ) -> SIPMessage {
        var from = from(inviter)
        from.parameters = [Parameter("tag", generator.token(length: 10))]
        var invite = SIPMessage(
            .invite, uri: entry.identity,
            fields: [
                SIPField(.maxForwards, "70"),
                SIPField(.from, from.description),
                SIPField(.to, NameAddress(displayName: entry.displayName, uri: entry.identity).description),
                SIPField(.callID, generator.token(length: 20)), SIPField(.cSeq, CSeq(1, .invite).description),
                SIPField(.contact, contact),
            ])
        invite.fields += tags.map { SIPField(.acceptContact, "*;\($0.rawValue)") }
        invite.add(.userAgent, ReleaseVersion.server)
        invite.add(.supported, "timer")
        invite.fields += place.terms.timerPolicy.offer(refresher: .server)
        invite.add(.allow, place.terms.allow)
        if inviter.asksForPrivacy { invite.add(.privacy, "id") }
        identify(&invite, inviter)
        if let subject = inviter.subject ?? rules.group?.displayName { invite.add(.subject, subject) }
        if let replaces = entry.replaces {
            invite.add(.replaces, replaces.description)
            invite.add(.require, "replaces")
        }
        invite.add(.contentType, "application/sdp")
        invite.body = body
        return faults.invitation(invite, listed: listed)
    }

    /// The Contact of the focus: the session identity.
    ///
    /// §7.2.1.1 step 5, RFC 4579 §4
    var contact: String {
        NameAddress(uri: place.identity, parameters: faults.focusParameters + tags.map(\.parameter)).description
    }

    private var tags: [FeatureTag] { faults.tags(of: kind) }

    private func from(_ inviter: Inviter) -> NameAddress {
        guard let group = rules.group else { return inviter.from }
        return NameAddress(displayName: group.displayName, uri: group.uri)
    }

    /// §7.2.2.1 steps 4 and 5; whoever has a right to privacy is not named by either field.
    private func identify(_ invite: inout SIPMessage, _ inviter: Inviter) {
        if let group = rules.group {
            let identity = NameAddress(displayName: group.displayName, uri: group.uri)
            invite.add(.pAssertedIdentity, identity.description)
        } else if !inviter.asksForPrivacy {
            let name = inviter.originator.displayName ?? inviter.from.displayName
            invite.add(.pAssertedIdentity, NameAddress(displayName: name, uri: inviter.originator.user).description)
        }
        let referrer = inviter.asksForPrivacy ? inviter.from.uri : inviter.originator.user
        invite.add(.referredBy, NameAddress(uri: referrer).description)
    }

    // MARK: What comes of them

    mutating func handle(_ notice: ServedDialog.Notice, of id: Participant.ID) -> [Effect] {
        guard let standing = participants[id]?.standing else { return [] }
        switch (notice, standing) {
        case (.proceeding(let response), .invited):
            return proceeding(response)
        case (.accepted(let response), .invited):
            return accepted(response, by: id)
        case (.refused(let rejection), .invited):
            return refused(rejection, by: id)
        case (.cancelled, .joining):
            return cancelled(by: id)
        case (.modifying(let request), .connected):
            return modify(request, by: id)
        case (.modificationCancelled, .connected):
            return cancelExtension(by: id)
        case (.modified(let response), .connected):
            return modified(response, by: id)
        case (.modificationRefused, .connected):
            return modificationRefused(by: id)
        case (.ended, .connected), (.ended, .leaving), (.ended, .expelled):
            return left(id)
        // The invitation was given up, and accepted nevertheless.
        case (.accepted, _):
            return [.command(.release, id)]
        case (.modifying, _):
            return [.command(.refuse(Refusal(481)), id)]
        case (.proceeding, _), (.refused, _), (.cancelled, _), (.confirmed, _), (.modificationCancelled, _),
            (.modified, _), (.modificationRefused, _), (.request, _), (.answered, _), (.ended, _):
            return []
        }
    }

    /// The originator hears that somebody is being alerted.
    private func proceeding(_ response: SIPMessage) -> [Effect] {
        guard participants[originator]?.standing == .joining, response.status == 180 else { return [] }
        return [.command(.progress(DialogAnswer(180)), originator)]
    }

    /// A user has accepted, and the first of them lets the originator in.
    ///
    /// §7.2.2.2
    private mutating func accepted(_ response: SIPMessage, by id: Participant.ID) -> [Effect] {
        let address = participants[id]?.address ?? ""
        if response.asksForPrivacy, !rules.allowsAnonymity(of: address) {
            return [.command(.release, id)] + refused(.unanswered(Refusal(403, .anonymityNotAllowed)), by: id)
        }
        guard let answer = try? SessionDescription(parsing: response.body), !answer.anchors.isEmpty else {
            return [.command(.release, id)] + refused(.unanswered(Refusal(488)), by: id)
        }
        identify(id, by: response)
        let answered = ConferenceLine.offered(in: answer)
        var effects = settle(answered, of: id) + tellReferrer(of: id, status: 200)
        participants[id]?.standing = .connected
        if participants[originator]?.standing == .joining {
            state = .running
            effects += accept(originator, like: accepted(answered, of: id))
        }
        return effects + changed(id)
    }

    /// What a participant has said of the lines that he has accepted, by their numbers in the conference.
    func accepted(_ answered: [MediaDescription], of id: Participant.ID) -> [Int: MediaDescription] {
        var accepted: [Int: MediaDescription] = [:]
        for (line, media) in zip(participants[id]?.media.lines ?? [], answered) where media.canBeAnchored {
            if let number = line.line { accepted[number] = media }
        }
        return accepted
    }

    /// The name and the release of a user who has accepted.
    ///
    /// §5.5 and §7.2.3.4 step b
    private mutating func identify(_ id: Participant.ID, by response: SIPMessage) {
        participants[id]?.hasRelease = response.first(.server).flatMap(ReleaseVersion.init) != nil
        guard let participant = participants[id] else { return }
        let name = ((try? response.to()) ?? nil)?.displayName
        guard response.asksForPrivacy else {
            participants[id]?.displayName = participant.displayName ?? name
            return
        }
        let wanted = NameAddress(displayName: name, uri: AnonymousURI.text)
        guard let alias = try? aliases.alias(for: wanted) else { return }
        aliases.leave(participant.entity)
        participants[id]?.entity = alias.entity
        participants[id]?.displayName = alias.displayName
        exchange.rename(id, entity: alias.entity)
    }

    /// One of those invited has refused; the originator hears of it when all have.
    private mutating func refused(_ rejection: Rejection, by id: Participant.ID) -> [Effect] {
        rejections.append(rejection)
        participants[id]?.standing = .absent
        var effects = perform(exchange.close(id)) + tellReferrer(of: id, status: rejection.status)
        guard !participants.values.contains(where: { $0.standing == .invited }) else { return effects }
        if participants[originator]?.standing == .joining {
            let lowest = rejections.min { $0.status < $1.status } ?? rejection
            participants[originator]?.standing = .absent
            effects.append(.command(lowest.refusal, originator))
            return effects + finish()
        }
        // Whoever is alone after all have refused has nobody to wait for.
        return effects + checkRelease()
    }

    /// §7.2.2.4: nobody who was invited is wanted any more.
    private mutating func cancelled(by id: Participant.ID) -> [Effect] {
        participants[id]?.standing = .absent
        let effects = perform(exchange.close(id))
        return id == originator ? effects + finish() : effects
    }

    mutating func tellReferrer(of id: Participant.ID, status: Int) -> [Effect] {
        guard let referral = participants[id]?.referral else { return [] }
        participants[id]?.referral = nil
        return [.refer(referral, status: status, reason: nil)]
    }
}

extension Rejection {
    /// The final response for the originator, when everybody has refused.
    fileprivate var refusal: ServedDialog.Command {
        switch self {
        case .answered(let response) where (300...399).contains(response.status ?? 0): .refuse(Refusal(480))
        case .answered(let response): .reject(DialogAnswer(like: response))
        case .unanswered(let refusal): .refuse(refusal)
        }
    }
}

extension Array {
    /// The element at an index, or nil when there is none.
    subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
