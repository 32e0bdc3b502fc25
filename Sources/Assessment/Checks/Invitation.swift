import Conformance
import Dissection

/// Whether a client is invited so many times, each time in the name of the inviter or of the group.
struct Invitation {
    var client: PartyName
    var inviter: PartyName
    var group: String?
    var times: Count

    func judge(_ evidence: Evidence) -> Judgment {
        let name = group.map { "the group “\($0)”" } ?? inviter.description
        let expected = times.inWords(of: "INVITE at \(client) that identifies \(name)")
        let invitations = evidence.openingRequests("INVITE", .received, at: client)
        let asked = evidence.requests(of: inviter, toInvite: client)
        if invitations.count > times.range.upperBound {
            let last = invitations.last?.number ?? 0
            let all = evidence.cast.clients.map(\.name).filter { $0 != client }
                .flatMap { evidence.requests(of: $0, toInvite: client) }.filter { $0.number < last }
            let cause = all.count >= invitations.count ? invitations.last.flatMap(evidence.invitation)?.sender : nil
            let isInviters = all.count { $0.sender == inviter } >= invitations.count
            let party = isInviters ? inviter : cause ?? invitations.last?.sender
            return .fail(expected, observed: "\(invitations.count) (\(inWords(invitations)))", invitations, party)
        }
        guard times.range.contains(invitations.count) else {
            return missing(expected, invitations, asked, evidence)
        }
        if let stranger = invitations.first(where: { !identifies($0, asked, evidence) }) {
            return .fail(
                expected, observed: "\(inWords([stranger])) identifies \(stranger.identity ?? "nobody")", [stranger],
                evidence.claims(stranger.identity, inviter) ? inviter : stranger.sender)
        }
        let last = max(invitations.last?.number ?? 0, asked.last?.number ?? 0)
        guard let decision = evidence.calm(at: client, .pager, after: last) else {
            return .inconclusive(
                expected,
                observed: "\(invitations.count), but the trace does not show that no other was on its way", invitations)
        }
        return .pass(
            expected, observed: "\(invitations.count) (\(inWords(invitations)))", invitations, decision)
    }

    private func identifies(
        _ invitation: DissectedMessage, _ asked: [DissectedMessage], _ evidence: Evidence
    ) -> Bool {
        guard let group else { return evidence.identifies(invitation.identity, inviter) }
        return evidence.identifies(invitation.identity, group: group, addressedBy: asked.last)
    }

    private func missing(
        _ expected: String, _ invitations: [DissectedMessage], _ asked: [DissectedMessage], _ evidence: Evidence
    ) -> Judgment {
        let count = invitations.isEmpty ? "none" : "only \(invitations.count)"
        guard let request = asked.last else {
            let sent = evidence.openingRequests("INVITE", .sent, at: inviter)
            let observed = sent.isEmpty ? "\(inviter) sent no INVITE" : "\(inviter) did not ask for \(client)"
            return .inconclusive(expected, observed: "\(observed), so nothing is shown", invitations)
        }
        return Delivery(request: request, client: client).judge(
            expected, observed: "\(count) after \(inWords([request])) of \(inviter)", invitations, evidence)
    }
}

extension Evidence {
    /// The requests by which a client has another invited: its own INVITE to it, one with a list that has it, one to
    /// a group, or a REFER to a focus.
    func requests(of inviter: PartyName, toInvite client: PartyName) -> [DissectedMessage] {
        let invites = openingRequests("INVITE", .sent, at: inviter).filter { invite in
            if let recipients = invite.recipients { return recipients.contains { identifies($0, client) } }
            guard let target = target(of: invite) else { return invite.requestTarget?.function == nil }
            return target == client
        }
        let refers = openingRequests("REFER", .sent, at: inviter).filter { refer in
            refer.referMethod == "INVITE" && refer.referredResources.contains { identifies($0, client) }
        }
        return (invites + refers).sorted { $0.number < $1.number }
    }
}
