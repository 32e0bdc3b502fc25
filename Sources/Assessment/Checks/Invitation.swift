import Conformance
import Dissection

/// Whether a client is invited so many times, each time in the name of the inviter.
struct Invitation {
    var client: PartyName
    var inviter: PartyName
    var group: String?
    var times: Count

    func judge(_ evidence: Evidence) -> Judgment {
        let expected = times.inWords(of: "INVITE at \(client) that identifies \(inviter)")
        let invitations = evidence.openingRequests("INVITE", .received, at: client)
        let sent = evidence.openingRequests("INVITE", .sent, at: inviter)
        if invitations.count > times.range.upperBound {
            let party = sent.count >= invitations.count ? inviter : invitations.last?.sender
            return .fail(expected, observed: "\(invitations.count) (\(inWords(invitations)))", invitations, party)
        }
        guard times.range.contains(invitations.count) else {
            return missing(expected, invitations, sent, evidence)
        }
        if let stranger = invitations.first(where: { !evidence.identifies($0.identity, inviter) }) {
            return .fail(
                expected, observed: "\(inWords([stranger])) identifies \(stranger.identity ?? "nobody")", [stranger],
                evidence.claims(stranger.identity, inviter) ? inviter : stranger.sender)
        }
        let last = max(invitations.last?.number ?? 0, sent.last?.number ?? 0)
        guard let decision = evidence.calm(at: client, .pager, after: last) else {
            return .inconclusive(
                expected,
                observed: "\(invitations.count), but the trace does not show that no other was on its way", invitations)
        }
        return .pass(
            expected, observed: "\(invitations.count) (\(inWords(invitations)))", invitations, decision)
    }

    private func missing(
        _ expected: String, _ invitations: [DissectedMessage], _ sent: [DissectedMessage], _ evidence: Evidence
    ) -> Judgment {
        let count = invitations.isEmpty ? "none" : "only \(invitations.count)"
        guard let request = sent.last else {
            return .inconclusive(expected, observed: "\(inviter) sent no INVITE, so nothing is shown", invitations)
        }
        return Delivery(request: request, client: client).judge(
            expected, observed: "\(count) after \(inWords([request])) of \(inviter)", invitations, evidence)
    }
}
