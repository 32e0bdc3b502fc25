import SDP
import SIPSyntax

/// What becomes of a response on its way to a client.
extension Faults {
    func altered(_ response: SIPMessage) -> SIPMessage {
        var response = withoutRelease(response)
        guard let method = (try? response.cSeq())?.method, response.isSuccess else { return response }
        if has(.entityTagMissing), method == .publish { response.remove(.sipETag) }
        guard method == .invite || method == .message else { return response }
        if has(.cSeqMismatch), var cSeq = try? response.cSeq() {
            cSeq.number &+= 1
            response.set(.cSeq, cSeq.description)
        }
        if has(.answersAccepted), method == .message {
            response.startLine = .response(status: 202, reason: "Accepted")
        }
        guard method == .invite else { return response }
        response = withoutTimer(withoutContactTag(response))
        if has(.toTagMissing), var to = try? response.to() {
            to.parameters.remove("tag")
            response.set(.to, to.description)
        }
        if let answer = try? SessionDescription(parsing: response.body) {
            let description = altered(answer)
            if description != answer {
                response.remove(.contentLength)
                response.body = description.serialized()
            }
        }
        return response
    }

    private func altered(_ answer: SessionDescription) -> SessionDescription {
        var answer = answer
        for index in answer.media.indices {
            if has(.answerPortZero) { answer.media[index].port = 0 }
            if has(.answerWithoutPath) { answer.media[index].attributes.removeAll { $0.name == "path" } }
            if has(.answerWithForeignAcceptTypes) {
                answer.media[index].attributes = answer.media[index].attributes.map { attribute in
                    attribute.name == "accept-types"
                        ? Attribute("accept-types", (attribute.value ?? "") + " application/x-not-offered") : attribute
                }
            }
        }
        return answer
    }
}
