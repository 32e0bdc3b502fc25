import Conformance
import Dissection

/// Whether messages are there, and say in their fields what they must and should.
struct FieldRules {
    var selector: MessageSelector
    var times: Count?
    var must: [FieldRule]
    var should: [FieldRule]

    func findings(of check: Check, in evidence: Evidence) -> [Finding] {
        if case .after(let anchor) = selector.beginning, evidence.messages(matching: anchor).isEmpty {
            let expected = times.map { $0.inWords(of: selector.words) } ?? expected(must, "must")
            return [check.finding(.inconclusive(expected, observed: "there is no \(anchor.words)"))]
        }
        let messages = evidence.messages(matching: selector)
        var judgments: [Judgment] = []
        if let times {
            // What comes after something else is due because of that.
            let isDuty = check.step == nil || selector.beginning != .start
            judgments.append(
                Occurrence(selector: selector, times: times, isDuty: isDuty, step: check.step).judge(messages, evidence)
            )
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
        let resolved = rules.map { ResolvedRule($0, in: evidence.dissection) }
        if let lonely = resolved.first(where: \.lacksComparison)?.rule {
            return .inconclusive(
                expected(rules, word), observed: "there is nothing that \(lonely.field) could be compared with",
                messages)
        }
        for message in messages {
            let broken = resolved.filter { !$0.holds(in: message) }
            guard !broken.isEmpty else { continue }
            let wanted = broken.map(\.rule).map { "\($0.field) \(word) \($0.matcher.words)" }.joined(separator: ", ")
            let found = broken.map(\.rule).map { rule in
                let values = evidence.dissection.values(of: rule.field, in: message)
                return values.isEmpty ? "no \(rule.field)" : "\(rule.field): \(values.joined(separator: ", "))"
            }
            return .fail(
                "\(wanted) in \(selector.words.withArticle)",
                observed: "\(found.joined(separator: "; ")) (\(inWords([message])))",
                [message], party(behind: message, broken, evidence))
        }
        return .pass(expected(rules, word), observed: "so it is in \(inWords(messages))", messages)
    }

    /// Who is at fault: the sender, or the client from whom the server has what is wrong.
    ///
    /// That is the one whose message a proxy passes on with the same fields; whose invitation says the same of the
    /// session; and whose request is answered as it deserves.
    private func party(behind message: DissectedMessage, _ broken: [ResolvedRule], _ evidence: Evidence) -> PartyName? {
        if let request = evidence.dissection.request(of: message) {
            let isOfClass = (400...499).contains(message.responseStatus ?? 0)
            if isOfClass, evidence.isRefusable(request) { return evidence.source(of: request) }
            let isEcho = broken.allSatisfy { $0.rule.field.lowercased() == "refer-sub" && !$0.holds(in: request) }
            if isEcho { return request.sender }
        }
        if let cause = evidence.invitation(behind: message),
            broken.allSatisfy({ $0.rule.isOfSession && !$0.holds(in: cause) })
        {
            return cause.sender
        }
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
    /// Whether the field tells of the session itself, so that a server between two dialogs has it from the inviter.
    fileprivate var isOfSession: Bool { field.lowercased() == "accept-contact" || field.hasPrefix("sdp.media.") }
}
