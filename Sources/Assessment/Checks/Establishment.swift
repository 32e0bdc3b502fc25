import Conformance
import Dissection

/// Whether an invitation is answered 2xx and acknowledged, as both clients see it.
struct Establishment {
    var inviter: PartyName
    var invited: PartyName

    private struct Stage {
        var what: String
        var messages: [DissectedMessage]
        /// Who owes it.
        var party: PartyName
    }

    func judge(_ evidence: Evidence) -> Judgment {
        let expected = "INVITE of \(inviter), 2xx of \(invited), ACK of \(inviter), each arriving at the other side"
        let success = MessageSelector.Start.response(200...299, to: "INVITE")
        func seen(_ direction: MessageSelector.Direction, _ party: PartyName, _ start: MessageSelector.Start)
            -> [DissectedMessage]
        {
            evidence.messages(matching: MessageSelector(at: party, direction: direction, start: start))
        }
        let stages = [
            Stage(
                what: "INVITE sent by \(inviter)", messages: seen(.sent, inviter, .request("INVITE")), party: inviter),
            Stage(
                what: "INVITE received by \(invited)", messages: seen(.received, invited, .request("INVITE")),
                party: .server),
            Stage(what: "2xx sent by \(invited)", messages: seen(.sent, invited, success), party: invited),
            Stage(what: "2xx received by \(inviter)", messages: seen(.received, inviter, success), party: .server),
            Stage(what: "ACK sent by \(inviter)", messages: seen(.sent, inviter, .request("ACK")), party: inviter),
            Stage(
                what: "ACK received by \(invited)", messages: seen(.received, invited, .request("ACK")),
                party: .server),
        ]
        let found = stages.compactMap(\.messages.first).map(\.reference)
        guard let missing = stages.first(where: \.messages.isEmpty) else {
            return Judgment(
                verdict: .pass, expected: expected,
                observed: "all of it (\(inWords(stages.compactMap(\.messages.first))))",
                evidence: found)
        }
        let last = stages.compactMap(\.messages.first).map(\.number).max() ?? 0
        let refusal = seen(.received, inviter, .response(300...699, to: "INVITE")).first
        let why = refusal.map { "; \(inviter) was answered \($0.responseStatus ?? 0)" } ?? ""
        guard let decision = evidence.decision(at: invited, mode: .pager, after: last) else {
            return Judgment(
                verdict: .inconclusive, expected: expected,
                observed: "no \(missing.what), and the trace ends too early to tell" + why, evidence: found)
        }
        return Judgment(
            verdict: .fail, expected: expected, observed: "no \(missing.what)" + why,
            evidence: found + [refusal?.reference].compactMap(\.self), party: missing.party, decision: decision)
    }
}
