import Conformance
import Dissection

/// Whether messages are there, and say in their fields what they must and should.
struct FieldRules {
    var selector: MessageSelector
    var times: Count?
    var must: [FieldRule]
    var should: [FieldRule]

    func findings(of check: Check, in evidence: Evidence) -> [Finding] {
        let messages = evidence.messages(matching: selector)
        var judgments: [Judgment] = []
        if let times {
            let isDuty = check.step == nil
            judgments.append(Occurrence(selector: selector, times: times, isDuty: isDuty).judge(messages, evidence))
        }
        if !messages.isEmpty, !must.isEmpty || times == nil {
            judgments.append(judge(messages, by: must, word: "must", evidence))
        } else if judgments.isEmpty {
            judgments.append(.inconclusive(expected(must, "must"), observed: "there is no \(selector.words)"))
        }
        // The worse of count and content speaks for the check, and the content where both are as bad.
        let worst = judgments.dropFirst().reduce(judgments[0]) { $1.verdict >= $0.verdict ? $1 : $0 }
        var findings = [check.finding(worst)]
        if !should.isEmpty, !messages.isEmpty {
            var advice = check.finding(judge(messages, by: should, word: "should", evidence))
            advice.check += ".should"
            advice.kind = .warning
            findings.append(advice)
        }
        return findings
    }

    private func judge(
        _ messages: [DissectedMessage], by rules: [FieldRule], word: String, _ evidence: Evidence
    ) -> Judgment {
        for message in messages {
            let broken = rules.filter { !$0.holds(in: message) }
            guard !broken.isEmpty else { continue }
            let wanted = broken.map { "\($0.field) \(word) \($0.matcher.words)" }.joined(separator: ", ")
            let found = broken.map { rule in
                let values = message.values(of: rule.field)
                return values.isEmpty ? "no \(rule.field)" : "\(rule.field): \(values.joined(separator: ", "))"
            }
            return .fail(
                "\(wanted) in \(selector.words.withArticle)",
                observed: "\(found.joined(separator: "; ")) (\(inWords([message])))",
                [message], party(behind: message, broken, evidence))
        }
        return .pass(expected(rules, word), observed: "so it is in \(inWords(messages))", messages)
    }

    /// Who is at fault: the sender, or the client from whom a proxy has the message with the same fields.
    private func party(behind message: DissectedMessage, _ broken: [FieldRule], _ evidence: Evidence) -> PartyName? {
        guard let original = evidence.original(of: message), broken.allSatisfy({ !$0.holds(in: original) }) else {
            return message.sender
        }
        return original.sender
    }

    private func expected(_ rules: [FieldRule], _ word: String) -> String {
        let parts = rules.map { "\($0.field) \(word) \($0.matcher.words)" }
        return parts.isEmpty
            ? selector.words.withArticle : "\(parts.joined(separator: ", ")) in \(selector.words.withArticle)"
    }
}

extension FieldRule {
    func holds(in message: DissectedMessage) -> Bool {
        let values = message.values(of: field)
        switch matcher {
        case .present: return !values.isEmpty
        case .absent: return values.isEmpty
        case .contains(let wanted): return values.contains { $0.mentions(wanted) }
        case .equals(let wanted): return (values + message.elements(of: field)).contains { $0.isSame(as: wanted) }
        case .oneOf(let wanted):
            return (values + message.elements(of: field)).contains { value in wanted.contains { value.isSame(as: $0) } }
        }
    }
}

extension FieldRule.Matcher {
    /// The condition in words that follow “must”.
    var words: String {
        switch self {
        case .present: "be present"
        case .absent: "be absent"
        case .equals(let text): "be “\(text)”"
        case .contains(let text): "contain “\(text)”"
        case .oneOf(let texts): "be one of \(texts.map { "“\($0)”" }.joined(separator: ", "))"
        }
    }
}

extension String {
    /// Whether both say the same, without regard to case and surrounding blanks.
    fileprivate func isSame(as other: String) -> Bool { trimmed.lowercased() == other.trimmed.lowercased() }

    /// Whether the text contains the other, without regard to case; a feature tag must stand there whole.
    ///
    /// RFC 3840 §9: `+g.oma.sip-im.large-message` is not `+g.oma.sip-im`
    fileprivate func mentions(_ wanted: String) -> Bool {
        var rest = lowercased()[...]
        let wanted = wanted.lowercased()
        while let range = rest.firstRange(of: wanted) {
            let next = rest[range.upperBound...].first
            guard wanted.hasPrefix("+"), let next, next.isLetter || next.isNumber || next == "." || next == "-" else {
                return true
            }
            rest = rest[range.upperBound...]
        }
        return false
    }

    /// The words behind `a` or `an`.
    fileprivate var withArticle: String { (first.map { "AEIOU".contains($0) } ?? false ? "an " : "a ") + self }

    private var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
