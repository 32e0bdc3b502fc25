import Conformance
import Dissection

/// Whether the answer to the offer opens a message session: a port, a path, and types that were offered.
///
/// RFC 3264 §6, RFC 4975 §8
struct Answer {
    var party: PartyName

    func judge(_ evidence: Evidence) -> Judgment {
        let expected = "an answer of \(party) with a non-zero port, a path, and accept-types within the offer"
        let answers = evidence.messages.filter { message in
            message.repeats == nil && message.responseStatus.map { (200...299).contains($0) } == true
                && message.isSIP && message.answers.map { evidence.dissection[$0].requestMethod } == "INVITE"
        }
        guard answers.contains(where: { $0.wasSeen(.sent, at: party) }) else {
            return Judgment(
                verdict: .inconclusive, expected: expected, observed: "no 2xx to an INVITE sent by \(party)",
                evidence: answers.map(\.reference))
        }
        for answer in answers {
            guard let problem = problem(of: answer, to: answer.answers.map { evidence.dissection[$0] }) else {
                continue
            }
            return Judgment(
                verdict: .fail, expected: expected, observed: problem, evidence: [answer.reference],
                party: answer.sender)
        }
        let media = answers.compactMap(\.mediaDescription).first
        return Judgment(
            verdict: .pass, expected: expected,
            observed: "port \(media?.port ?? 0), path \(media?.path.joined(separator: " ") ?? ""), "
                + "accept-types \(media?.acceptTypes.joined(separator: " ") ?? "")",
            evidence: answers.map(\.reference))
    }

    private func problem(of answer: DissectedMessage, to offer: DissectedMessage?) -> String? {
        guard let media = answer.mediaDescription else { return "the 2xx has no MSRP media line" }
        guard media.port != 0 else { return "the answer refuses the media line with port 0" }
        guard !media.path.isEmpty else { return "the answer has no path" }
        guard let offered = offer?.mediaDescription?.acceptTypes, !offered.contains("*") else { return nil }
        let foreign = media.acceptTypes.filter { !offered.contains($0) }
        return foreign.isEmpty
            ? nil : "the answer accepts \(foreign.joined(separator: " ")), which was not offered"
    }
}
