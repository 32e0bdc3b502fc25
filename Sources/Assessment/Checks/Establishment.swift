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
        guard let invite = evidence.openingRequests("INVITE", .sent, at: inviter).last else {
            return .inconclusive(expected, observed: "\(inviter) sent no INVITE, so nothing is shown")
        }
        guard let arrived = evidence.openingRequests("INVITE", .received, at: invited).last else {
            return Delivery(request: invite, client: invited).judge(
                expected, observed: "no INVITE reached \(invited)", [], evidence)
        }
        guard let accepted = evidence.dissection.responses(to: arrived).first(where: \.isSuccess) else {
            return unaccepted(arrived, evidence)
        }
        guard let success = evidence.dissection.responses(to: invite).first(where: \.isSuccess) else {
            return unanswered(invite, [invite, arrived, accepted], evidence)
        }
        let found = [invite, arrived, accepted, success]
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
        case .succeeded(let response), .challenged(let response):
            .inconclusive(expected, observed: "\(invited) answered \(response.label)", [invite, response])
        case .overdue, .open:
            .inconclusive(expected, observed: "\(invited) had not answered when the trace ended", [invite])
        }
    }

    /// The invited client has answered 2xx, and nothing of it has come to the inviter.
    private func unanswered(
        _ invite: DissectedMessage, _ found: [DissectedMessage], _ evidence: Evidence
    ) -> Judgment {
        let observed = "no 2xx reached \(inviter), although \(invited) sent one"
        guard evidence.isWhole(for: inviter) else {
            return .inconclusive(
                expected, observed: "\(observed) and the trace does not show all that did", found)
        }
        switch evidence.fate(of: invite) {
        case .refused(let refusal, _):
            return .fail(
                expected, observed: "\(observed); \(inviter) was answered \(refusal.label)", found + [refusal], .server)
        case .succeeded, .challenged, .cancelled:
            return .inconclusive(expected, observed: observed, found)
        case .overdue, .open:
            guard let last = found.last, let decision = evidence.overdue(after: last) else {
                return .inconclusive(expected, observed: "\(observed), and the trace ends too early to tell", found)
            }
            return .fail(expected, observed: observed, found, .server, decision)
        }
    }

    private func unacknowledged(
        _ success: DissectedMessage, _ found: [DissectedMessage], by party: PartyName, at client: PartyName,
        _ evidence: Evidence
    ) -> Judgment {
        let observed = party == client ? "no ACK sent by \(client)" : "no ACK received by \(client)"
        if party == client, evidence.isFaulty(success) {
            return .fail(
                expected, observed: "\(observed), and the 2xx that it got is wrong itself", found,
                evidence.source(of: success))
        }
        guard let decision = evidence.unacknowledged(success) else {
            return .inconclusive(expected, observed: "\(observed), and the trace ends too early to tell", found)
        }
        return .fail(expected, observed: observed, found, party, decision)
    }
}
