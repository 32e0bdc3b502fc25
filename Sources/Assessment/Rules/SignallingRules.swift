import Conformance
import Dissection
import Network

// Rules about SIP requests, their responses, and what follows.
extension GeneralRule {
    static let signalling: [GeneralRule] = [
        GeneralRule(
            id: "rfc3261.final-response", title: "Every request other than ACK gets a final response",
            requirements: [RequirementID("RFC3261-8.2.6")]
        ) { evidence in
            var outcome = RuleOutcome()
            for request in evidence.messages {
                guard request.isSIP, request.repeats == nil, let method = request.requestMethod,
                    method != "ACK", method != "INVITE"
                else { continue }
                let isAnswered = evidence.dissection.responses(to: request).contains { ($0.responseStatus ?? 0) >= 200 }
                let isDecided = evidence.dissection.trace.end - request.time >= evidence.quietWindow
                outcome.note(
                    isAnswered
                        ? nil
                        : Violation(
                            party: request.receiver, expected: "a final response to \(method)",
                            observed: "none to \(inWords([request]))", evidence: [request], isDecided: isDecided))
            }
            return outcome
        },
        GeneralRule(
            id: "rfc3261.response-matches", title: "Every response answers a request, with its Call-ID and From",
            requirements: [RequirementID("RFC3261-8.2.6.2")]
        ) { evidence in
            var outcome = RuleOutcome()
            for response in evidence.messages where response.isSIP && response.responseStatus != nil {
                outcome.note(mismatch(of: response, in: evidence))
            }
            return outcome
        },
        GeneralRule(
            id: "rfc3261.ack-for-2xx", title: "Every 2xx to an INVITE is acknowledged",
            requirements: [RequirementID("RFC3261-13.2.2.4")]
        ) { evidence in
            var outcome = RuleOutcome()
            for success in evidence.messages where success.isSuccess(to: "INVITE", in: evidence) {
                guard success.repeats == nil else { continue }
                let isAcknowledged = evidence.messages.contains { message in
                    message.requestMethod == "ACK" && message.number > success.number
                        && message.values(of: "Call-ID") == success.values(of: "Call-ID")
                        && message.source.address == success.destination.address
                        && message.sequenceNumber == success.sequenceNumber
                }
                let client = success.receiver == .server ? success.sender : success.receiver
                let isDecided =
                    client.flatMap { evidence.decision(at: $0, mode: .pager, after: success.number) } != nil
                outcome.note(
                    isAcknowledged
                        ? nil
                        : Violation(
                            party: success.receiver, expected: "an ACK for the 2xx to INVITE",
                            observed: "none for \(inWords([success]))", evidence: [success], isDecided: isDecided))
            }
            return outcome
        },
    ]

    private static func mismatch(of response: DissectedMessage, in evidence: Evidence) -> Violation? {
        guard let number = response.answers else {
            return Violation(
                party: response.sender, expected: "the Via branch and CSeq of a request that was sent",
                observed: "\(inWords([response])) answers no request of the trace", evidence: [response])
        }
        let request = evidence.dissection[number]
        for field in ["Call-ID", "From", "CSeq"] where request.values(of: field) != response.values(of: field) {
            return Violation(
                party: response.sender, expected: "\(field) as in the request",
                observed: "\(response.values(of: field).joined(separator: ", ")) instead of "
                    + request.values(of: field).joined(separator: ", "),
                evidence: [request, response])
        }
        return nil
    }
}

extension DissectedMessage {
    fileprivate func isSuccess(to method: String, in evidence: Evidence) -> Bool {
        guard isSIP, let status = responseStatus, (200...299).contains(status), let request = answers else {
            return false
        }
        return evidence.dissection[request].requestMethod == method
    }

    /// The number of CSeq, as text.
    fileprivate var sequenceNumber: Substring? { values(of: "CSeq").first?.split(separator: " ").first }
}
