import Conformance
import Dissection
import Network

// Rules about MSRP sessions.
extension GeneralRule {
    static let sessions: [GeneralRule] = [
        GeneralRule(
            id: "rfc4975.response-to-send", title: "Every SEND is answered once, unless it asks for silence",
            requirements: [RequirementID("RFC4975-7.2")]
        ) { evidence in
            var outcome = RuleOutcome()
            for request in evidence.messages where request.requestMethod == "SEND" {
                guard request.msrpSummary?.wantsResponse == true else { continue }
                let responses = evidence.dissection.responses(to: request)
                guard responses.count != 1 else {
                    outcome.note(nil)
                    continue
                }
                let client = request.receiver == .server ? request.sender : request.receiver
                let isDecided =
                    !responses.isEmpty
                    || client.flatMap { evidence.decision(at: $0, mode: .session, after: request.number) } != nil
                outcome.note(
                    Violation(
                        party: request.receiver, expected: "one response to SEND",
                        observed: "\(responses.isEmpty ? "none" : String(responses.count)) to \(inWords([request]))",
                        evidence: [request] + responses, isDecided: isDecided))
            }
            return outcome
        },
        GeneralRule(
            id: "rfc4975.no-response-to-report", title: "A REPORT is never answered",
            requirements: [RequirementID("RFC4975-7.1.2")]
        ) { evidence in
            var outcome = RuleOutcome()
            for report in evidence.messages where report.requestMethod == "REPORT" {
                let responses = evidence.dissection.responses(to: report)
                outcome.note(
                    responses.first.map { response in
                        Violation(
                            party: response.sender, expected: "no response to REPORT",
                            observed: "\(response.label) to \(inWords([report]))", evidence: [report, response])
                    })
            }
            return outcome
        },
        GeneralRule(
            id: "rfc4975.paths", title: "To-Path and From-Path are the paths that the two sides described",
            requirements: [RequirementID("RFC4975-7.1"), RequirementID("RFC4975-7.2")]
        ) { evidence in
            var outcome = RuleOutcome()
            for message in evidence.messages {
                guard let msrp = message.msrpSummary else { continue }
                outcome.note(
                    foreignPath(msrp.toPath, "To-Path", describedBy: message.receiver, in: message, evidence)
                        ?? foreignPath(msrp.fromPath, "From-Path", describedBy: message.sender, in: message, evidence))
            }
            return outcome
        },
        GeneralRule(
            id: "rfc4975.complete", title: "Every message is completed or aborted, without gaps in its byte ranges",
            requirements: [RequirementID("RFC4975-7.1.1")]
        ) { evidence in
            var outcome = RuleOutcome()
            for message in evidence.dissection.instantMessages where message.mode == .session {
                let parts = message.parts.map { evidence.dissection[$0] }
                guard !parts.contains(where: { $0.msrpSummary?.continuation == .aborted }) else { continue }
                let party = parts.last?.sender
                let client = party == .server ? parts.last?.receiver : party
                let isDecided =
                    client.flatMap { evidence.decision(at: $0, mode: .session, after: parts.last?.number ?? 0) } != nil
                outcome.note(
                    message.isComplete
                        ? nil
                        : Violation(
                            party: party, expected: "all bytes of the message and a last chunk marked $",
                            observed: "Message-ID \(message.id) stays incomplete (\(inWords(parts)))", evidence: parts,
                            isDecided: isDecided))
            }
            return outcome
        },
        GeneralRule(
            id: "rfc4975.success-report", title: "A message that asks for a success report gets one",
            requirements: [RequirementID("RFC4975-7.1.2")]
        ) { evidence in
            var outcome = RuleOutcome()
            for message in evidence.dissection.instantMessages where message.mode == .session && message.isComplete {
                let parts = message.parts.map { evidence.dissection[$0] }
                guard parts.contains(where: { $0.msrpSummary?.wantsSuccessReport == true }), let last = parts.last
                else { continue }
                let isReported = evidence.messages.contains { report in
                    report.requestMethod == "REPORT" && report.msrpSummary?.messageID == message.id
                        && report.source == last.destination && report.destination == last.source
                }
                let client = last.receiver == .server ? last.sender : last.receiver
                let isDecided = client.flatMap { evidence.decision(at: $0, mode: .session, after: last.number) } != nil
                outcome.note(
                    isReported
                        ? nil
                        : Violation(
                            party: last.receiver, expected: "a success REPORT for a message that asks for it",
                            observed: "none for Message-ID \(message.id) (\(inWords(parts)))", evidence: parts,
                            isDecided: isDecided))
            }
            return outcome
        },
    ]

    private static func foreignPath(
        _ path: [String], _ field: String, describedBy party: PartyName?, in message: DissectedMessage,
        _ evidence: Evidence
    ) -> Violation? {
        guard let party else { return nil }
        let described = evidence.messages.filter { description in
            description.sender == party && description.mediaDescription != nil
                && (description.receiver == message.sender || description.receiver == message.receiver
                    || description.receiver == .server)
        }.flatMap { $0.mediaDescription?.path ?? [] }
        guard !described.isEmpty, !path.allSatisfy({ described.contains($0) }) else { return nil }
        return Violation(
            party: message.sender,
            expected: "\(field) as \(party) described it: \(Set(described).sorted().joined(separator: " "))",
            observed: "\(path.joined(separator: " ")) in \(inWords([message]))", evidence: [message])
    }
}
