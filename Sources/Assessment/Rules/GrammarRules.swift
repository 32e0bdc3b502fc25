import Conformance
import Dissection

// Rules that look at one message at a time.
extension GeneralRule {
    static let grammar: [GeneralRule] = [
        GeneralRule(
            id: "readable", title: "Every message can be read",
            requirements: ["RFC3261-7", "RFC4975-9"].map(RequirementID.init)
        ) { evidence in
            var outcome = RuleOutcome()
            for message in evidence.messages {
                if let (protocolName, reason) = message.unreadable {
                    outcome.note(
                        Violation(
                            party: message.sender, expected: "a \(protocolName) message",
                            observed: "\(inWords([message])) cannot be read: \(reason)", evidence: [message]))
                } else {
                    outcome.note(nil)
                }
            }
            return outcome
        },
        flawless(
            "sip", title: "Every SIP message follows the grammar and the rules for header fields",
            requirements: ["RFC3261-25.1", "RFC3261-8.1.1"]),
        flawless(
            "sdp", title: "Every session description follows the grammar and answers its offer",
            requirements: ["RFC4566-5", "RFC3264-6"]),
        flawless(
            "msrp", title: "Every MSRP message follows the grammar and the rules for header fields",
            requirements: ["RFC4975-9", "RFC4975-7.1"]),
        flawless(
            "body", title: "Every body is what its Content-Type says",
            requirements: ["RFC3862-2", "RFC3903-4"]),
    ]

    private static func flawless(_ family: String, title: String, requirements: [String]) -> GeneralRule {
        GeneralRule(id: "\(family).flawless", title: title, requirements: requirements.map(RequirementID.init)) {
            evidence in
            var outcome = RuleOutcome()
            for message in evidence.messages where message.concerns(family) {
                let flaws = message.flaws.filter { $0.rule.hasPrefix("\(family).") }
                if flaws.isEmpty { outcome.note(nil) }
                for flaw in flaws {
                    let place = [flaw.field, "byte \(flaw.offset)"].compactMap(\.self).joined(separator: ", ")
                    outcome.note(
                        Violation(
                            party: message.sender, expected: "\(flaw.rule) (\(flaw.clause))",
                            observed: "\(flaw.explanation) (\(inWords([message])), \(place))", evidence: [message]))
                }
            }
            return outcome
        }
    }
}

extension DissectedMessage {
    fileprivate func concerns(_ family: String) -> Bool {
        switch family {
        case "sip": isSIP
        case "msrp": msrpSummary != nil
        case "sdp": contentType?.lowercased().hasPrefix("application/sdp") == true
        default: !body.isEmpty && contentType?.lowercased().hasPrefix("application/sdp") != true
        }
    }
}
