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
            guard message.repeats == nil, message.isSIP, message.isSuccess,
                let request = evidence.dissection.request(of: message)
            else { return false }
            return request.requestMethod == "INVITE" && request.isOutsideDialog
        }
        guard answers.contains(where: { $0.wasSeen(.sent, at: party) }) else {
            return .inconclusive(expected, observed: "\(party) sent no 2xx to an INVITE", answers)
        }
        for answer in answers {
            guard let problem = problem(of: answer, to: evidence.dissection.request(of: answer)) else { continue }
            return .fail(expected, observed: "\(problem) (\(inWords([answer])))", [answer], answer.sender)
        }
        let media = answers.compactMap(\.mediaDescription).first
        return .pass(
            expected,
            observed: "port \(media?.port ?? 0), path \(media?.path.map(\.description).joined(separator: " ") ?? ""), "
                + "accept-types \(media?.acceptTypes.joined(separator: " ") ?? "")",
            answers)
    }

    private func problem(of answer: DissectedMessage, to request: DissectedMessage?) -> String? {
        guard let media = answer.mediaDescription else { return "the 2xx has no MSRP media line" }
        guard media.port != 0 else { return "the answer refuses the media line with port 0" }
        guard !media.path.isEmpty else { return "the answer has no path" }
        guard !media.acceptTypes.isEmpty else { return "the answer has no accept-types" }
        guard let offer = request?.mediaDescription else { return nil }
        let foreign = media.acceptTypes.filter { !offer.accepts($0) }
        return foreign.isEmpty
            ? nil : "the answer accepts \(foreign.joined(separator: " ")), which was not offered"
    }
}
