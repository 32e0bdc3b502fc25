import Conformance

/// What does not stop a scenario but would make its reader stumble.
enum StyleRules {
    static func messages(for testCase: TestCase) -> [LintMessage] {
        incompleteCriteria(testCase) + unsentTexts(testCase) + unknownFields(testCase)
    }

    private static func incompleteCriteria(_ testCase: TestCase) -> [LintMessage] {
        testCase.checks.flatMap { check in
            var messages: [LintMessage] = []
            if check.requirements.isEmpty {
                let text = "Criterion \(check.id) names no requirement, so that no clause leads to it"
                messages.append(LintMessage(.criterionWithoutRequirement, at: check.position, text))
            }
            if check.kind == .criterion, check.step == nil {
                let text = "Criterion \(check.id) is of kind P but belongs to no step"
                messages.append(LintMessage(.criterionWithoutStep, at: check.position, text))
            }
            return messages
        }
    }

    private static func unsentTexts(_ testCase: TestCase) -> [LintMessage] {
        let steps = testCase.preamble + testCase.procedure + testCase.postamble
        let sent = steps.flatMap(\.texts)
        return testCase.checks.flatMap { check in
            check.condition.texts.filter { text in !sent.contains { $0.contains(text) } }.map { text in
                let hint = Suggestion.hint(for: text, among: sent)
                return LintMessage(.unsentText, at: check.position, "No step sends the text “\(text)”\(hint)")
            }
        }
    }

    private static func unknownFields(_ testCase: TestCase) -> [LintMessage] {
        let known = DissectedPart.allCases.map(\.rawValue) + KnownFields.names
        return testCase.checks.flatMap(\.condition.rules).filter { !$0.field.contains(".") }.compactMap { rule in
            guard !known.contains(where: { $0.lowercased() == rule.field.lowercased() }) else { return nil }
            let hint = Suggestion.hint(for: rule.field, among: known)
            return LintMessage(.unknownField, at: rule.position, "Parley knows no field “\(rule.field)”\(hint)")
        }
    }
}

extension Step {
    /// The texts that the step puts on the wire.
    fileprivate var texts: [String] {
        let altered: [String] = mutations.compactMap {
            if case .raw(let text) = $0.change { text } else { nil }
        }
        return action.texts + altered
    }
}

extension Condition {
    /// The texts that the condition looks for.
    fileprivate var texts: [String] {
        switch self {
        case .received(_, let text, _, _, _), .acknowledged(_, let text, _): [text]
        case .message(let selector, _, _, _): [selector.carrying].compactMap(\.self)
        case .order(let first, let second): [first.carrying, second.carrying].compactMap(\.self)
        case .invited, .established, .answered: []
        }
    }

    fileprivate var rules: [FieldRule] {
        if case .message(_, _, let must, let should) = self { must + should } else { [] }
    }
}
