import Conformance
import Dissection

/// Whether a client is invited so many times, each time in the name of the inviter.
struct Invitation {
    var client: PartyName
    var inviter: PartyName
    var times: Count

    func judge(_ evidence: Evidence) -> Judgment {
        let expected = "\(times) INVITE at \(client) that identifies \(inviter)"
        let invitations = evidence.initialRequests("INVITE", .received, at: client)
        let references = invitations.map(\.reference)
        let sent = evidence.initialRequests("INVITE", .sent, at: inviter)
        let last = max(invitations.last?.number ?? 0, sent.last?.number ?? 0)
        let decision = evidence.decision(at: client, mode: .pager, after: last)
        if times.range.contains(invitations.count) {
            let strangers = invitations.filter { invitation in
                invitation.identity.flatMap { evidence.cast.party(withIMAddress: $0)?.name } != inviter
            }
            if let stranger = strangers.first {
                return Judgment(
                    verdict: .fail, expected: expected,
                    observed: "the INVITE identifies \(stranger.identity ?? "nobody")",
                    evidence: strangers.map(\.reference), party: stranger.sender)
            }
            guard let decision else {
                return Judgment(
                    verdict: .inconclusive, expected: expected,
                    observed: "\(invitations.count), but the trace ends before it is certain that no other comes",
                    evidence: references)
            }
            return Judgment(
                verdict: .pass, expected: expected, observed: "\(invitations.count) (\(inWords(invitations)))",
                evidence: references, decision: decision)
        }
        let isSurplus = invitations.count > times.range.upperBound
        guard isSurplus || decision != nil else {
            return Judgment(
                verdict: .inconclusive, expected: expected,
                observed: "\(invitations.count) so far, and the trace ends too early to tell", evidence: references)
        }
        let party = isSurplus ? invitations.last?.sender : sent.isEmpty ? inviter : PartyName.server
        return Judgment(
            verdict: .fail, expected: expected,
            observed: isSurplus || !sent.isEmpty
                ? "\(invitations.count) (\(inWords(invitations)))" : "\(inviter) sent no INVITE",
            evidence: references.isEmpty ? sent.map(\.reference) : references, party: party,
            decision: decision ?? .presence)
    }
}
