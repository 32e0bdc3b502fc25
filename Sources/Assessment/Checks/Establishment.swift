import Conformance
import Dissection

/// Whether an invitation is answered 2xx and acknowledged, as both clients see it.
struct Establishment {
    var inviter: PartyName
    var invited: PartyName

    private var expected: String {
        "INVITE of \(inviter), 2xx of \(invited), ACK of \(inviter), each arriving at the other side"
    }

    func judge(_ evidence: Evidence) -> Judgment {
        let asked = evidence.requests(of: inviter, toInvite: invited)
        let own = asked.filter { $0.requestMethod == "INVITE" }
        // Who asks a focus to invite another by REFER has come into the session by another INVITE.
        let invites = asked.isEmpty || !own.isEmpty ? own : evidence.openingRequests("INVITE", .sent, at: inviter)
        let arrivals = evidence.openingRequests("INVITE", .received, at: invited)
        guard let invite = invites.last else {
            return .inconclusive(expected, observed: "\(inviter) sent no INVITE for \(invited), so nothing is shown")
        }
        guard let arrival = arrivals.last else {
            return Delivery(request: invite, client: invited).judge(
                expected, observed: "no INVITE reached \(invited)", [], evidence)
        }
        guard let accepted = evidence.success(of: arrivals) else { return unaccepted(arrival, evidence) }
        guard let success = evidence.success(of: invites) else {
            return unanswered(invites, [invite, arrival, accepted], evidence)
        }
        let found = [invite, arrival, accepted, success]
        guard let sent = evidence.acknowledgement(of: success) else {
            return unacknowledged(success, found, by: inviter, at: inviter, evidence)
        }
        guard let received = evidence.acknowledgement(of: accepted), received.wasSeen(.received, at: invited) else {
            return unacknowledged(accepted, found + [sent], by: .server, at: invited, evidence)
        }
        let all = found + [sent, received]
        return .pass(expected, observed: "all of it (\(inWords(all)))", all)
    }

    /// The invited client has not answered 2xx; how long it may ring is up to its user.
    private func unaccepted(_ invite: DissectedMessage, _ evidence: Evidence) -> Judgment {
        switch evidence.fate(of: invite) {
        case .refused(let refusal, let party):
            .fail(expected, observed: "\(invited) answered \(refusal.label)", [invite, refusal], party)
        case .cancelled(let response):
            .inconclusive(
                expected, observed: "the INVITE was cancelled before \(invited) accepted it", [invite, response])
        case .succeeded(let response), .challenged(let response), .excused(let response, _):
            .inconclusive(expected, observed: "\(invited) answered \(response.label)", [invite, response])
        case .overdue, .open:
            .inconclusive(expected, observed: "\(invited) had not answered when the trace ended", [invite])
        }
    }

    /// The invited client has answered 2xx, and nothing of it has come to the inviter.
    private func unanswered(
        _ invites: [DissectedMessage], _ found: [DissectedMessage], _ evidence: Evidence
    ) -> Judgment {
        let observed = "no 2xx reached \(inviter), although \(invited) sent one"
        guard evidence.isWhole(for: inviter) else {
            return .inconclusive(expected, observed: "\(observed) and the trace does not show all that did", found)
        }
        let refusals = invites.compactMap { evidence.dissection.responses(to: $0).first(where: \.isFinal) }
        if let refusal = refusals.last {
            // Of several invitations the trace does not show which one the acceptance was for.
            return .fail(
                expected, observed: "\(observed); \(inviter) was answered \(refusal.label)", found + [refusal],
                invites.count == 1 ? .server : nil)
        }
        guard let last = found.last, let decision = evidence.overdue(after: last) else {
            return .inconclusive(expected, observed: "\(observed), and the trace ends too early to tell", found)
        }
        return .fail(expected, observed: observed, found, .server, decision)
    }

    private func unacknowledged(
        _ success: DissectedMessage, _ found: [DissectedMessage], by party: PartyName, at client: PartyName,
        _ evidence: Evidence
    ) -> Judgment {
        let observed = party == client ? "no ACK sent by \(client)" : "no ACK received by \(client)"
        if evidence.isFaulty(success) {
            return .fail(
                expected, observed: "\(observed), and the 2xx is wrong itself", found, evidence.source(of: success))
        }
        guard let decision = evidence.unacknowledged(success) else {
            return .inconclusive(expected, observed: "\(observed), and the trace ends too early to tell", found)
        }
        return .fail(expected, observed: observed, found, party, decision)
    }
}

extension Evidence {
    /// The first 2xx to any of these requests.
    fileprivate func success(of requests: [DissectedMessage]) -> DissectedMessage? {
        requests.lazy.compactMap { dissection.responses(to: $0).first(where: \.isSuccess) }.first
    }
}
