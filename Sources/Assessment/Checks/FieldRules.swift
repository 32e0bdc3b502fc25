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
        var findings = [check.finding(judge(messages, evidence))]
        if !should.isEmpty, !messages.isEmpty {
            var advice = check.finding(judge(messages, by: should, word: "should"))
            advice.check += ".should"
            advice.kind = .warning
            findings.append(advice)
        }
        return findings
    }

    private func judge(_ messages: [DissectedMessage], _ evidence: Evidence) -> Judgment {
        if let times, let judgment = judge(messages, times, evidence) { return judgment }
        guard !messages.isEmpty else {
            return times?.range.contains(0) == true
                ? Judgment(verdict: .pass, expected: expectedCount, observed: "none")
                : Judgment(
                    verdict: .inconclusive, expected: expected(must, "must"),
                    observed: "there is no \(selector.words)")
        }
        return judge(messages, by: must, word: "must")
    }

    private var expectedCount: String { "\(times?.description ?? "some") \(selector.words)" }

    /// The judgment of the number of messages, or nil where the number is right and fields are still to be judged.
    private func judge(_ messages: [DissectedMessage], _ times: Count, _ evidence: Evidence) -> Judgment? {
        let references = messages.map(\.reference)
        if messages.count > times.range.upperBound {
            return Judgment(
                verdict: .fail, expected: expectedCount, observed: "\(messages.count) (\(inWords(messages)))",
                evidence: references, party: messages.last?.sender)
        }
        let isEnough = times.range.contains(messages.count)
        // Where there may be any number more, those that are there decide.
        if isEnough, times.range.upperBound == .max { return must.isEmpty ? sufficient(messages) : nil }
        let isSession = selector.isMSRP
        let decision = evidence.decision(
            at: selector.at, mode: isSession ? .session : .pager, after: messages.last?.number ?? 0)
        guard let decision else {
            return Judgment(
                verdict: .inconclusive, expected: expectedCount,
                observed: "\(messages.count) so far, and the trace ends too early to tell", evidence: references)
        }
        guard isEnough else {
            return Judgment(
                verdict: .fail, expected: expectedCount, observed: "\(messages.count)", evidence: references,
                party: selector.direction == .sent ? selector.at : .server, decision: decision)
        }
        return must.isEmpty || messages.isEmpty ? sufficient(messages, decision) : nil
    }

    private func sufficient(_ messages: [DissectedMessage], _ decision: Decision = .presence) -> Judgment {
        Judgment(
            verdict: .pass, expected: expectedCount,
            observed: messages.isEmpty ? "none" : "\(messages.count) (\(inWords(messages)))",
            evidence: messages.map(\.reference), decision: decision)
    }

    private func judge(_ messages: [DissectedMessage], by rules: [FieldRule], word: String) -> Judgment {
        for message in messages {
            for rule in rules {
                let values = message.values(of: rule.field)
                guard !rule.matcher.isSatisfied(by: values) else { continue }
                let observed = values.isEmpty ? "no \(rule.field)" : "\(rule.field): \(values.joined(separator: ", "))"
                return Judgment(
                    verdict: .fail, expected: "\(rule.field) \(word) \(rule.matcher.words) in \(selector.words)",
                    observed: observed, evidence: [message.reference], party: message.sender)
            }
        }
        return Judgment(
            verdict: .pass, expected: expected(rules, word), observed: "so it is in \(inWords(messages))",
            evidence: messages.map(\.reference))
    }

    private func expected(_ rules: [FieldRule], _ word: String) -> String {
        let parts = rules.map { "\($0.field) \(word) \($0.matcher.words)" }
        return (parts.isEmpty ? "some" : parts.joined(separator: ", ") + " in") + " \(selector.words)"
    }
}

extension MessageSelector {
    fileprivate var isMSRP: Bool {
        switch start {
        case .request(let method), .response(_, let method): ["SEND", "REPORT"].contains(method)
        }
    }
}

extension FieldRule.Matcher {
    func isSatisfied(by values: [String]) -> Bool {
        switch self {
        case .present: !values.isEmpty
        case .absent: values.isEmpty
        case .equals(let wanted): values.contains { $0.trimmed.lowercased() == wanted.trimmed.lowercased() }
        case .contains(let wanted): values.contains { $0.lowercased().contains(wanted.lowercased()) }
        case .oneOf(let wanted):
            values.contains { value in wanted.contains { $0.trimmed.lowercased() == value.trimmed.lowercased() } }
        }
    }

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
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
