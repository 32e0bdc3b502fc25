import Conformance
import Dissection

/// Whether what a client sends is answered with success.
///
/// RFC 4975 §7.2 for each chunk, RFC 3428 §7 for a MESSAGE
struct Acknowledgement {
    var client: PartyName
    var text: String
    var mode: Condition.Mode

    func judge(_ evidence: Evidence) -> Judgment {
        let expected = "“\(text)” of \(client) is answered with success"
        let sent = evidence.dissection.instantMessages.filter { message in
            message.sender == client && message.wasSent && message.mode == mode && message.payload == Array(text.utf8)
        }
        guard let message = sent.first else {
            return Judgment(
                verdict: .inconclusive, expected: expected,
                observed: "\(client) never sent “\(text)” in \(mode.rawValue) mode")
        }
        let parts = message.parts.map { evidence.dissection[$0] }
        var responses: [DissectedMessage] = []
        for part in parts {
            let final = evidence.dissection.responses(to: part).filter { ($0.responseStatus ?? 0) >= 200 }
            if let refusal = final.first(where: { ($0.responseStatus ?? 0) >= 300 }) {
                return Judgment(
                    verdict: .fail, expected: expected, observed: "answered \(refusal.label)",
                    evidence: [part.reference, refusal.reference], party: refusal.sender)
            }
            guard let response = final.first else {
                let decision = evidence.decision(at: client, mode: mode, after: part.number)
                return Judgment(
                    verdict: decision == nil ? .inconclusive : .fail, expected: expected,
                    observed: "no response to \(inWords([part]))", evidence: [part.reference],
                    party: part.receiver ?? .server, decision: decision ?? .presence)
            }
            responses.append(response)
        }
        return Judgment(
            verdict: .pass, expected: expected,
            observed: "\(Set(responses.map(\.label)).sorted().joined(separator: ", ")) (\(inWords(responses)))",
            evidence: responses.map(\.reference))
    }
}
