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

    private static let fields = DissectedPart.allCases.map(\.rawValue) + KnownFields.names
    private static let fieldsInSmallLetters = Set(fields.map { $0.lowercased() })

    private static func unknownFields(_ testCase: TestCase) -> [LintMessage] {
        testCase.checks.flatMap(\.condition.rules).filter { !$0.field.contains(".") }.compactMap { rule in
            guard !fieldsInSmallLetters.contains(rule.field.lowercased()) else { return nil }
            let hint = Suggestion.hint(for: rule.field, among: fields)
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
        case .received(_, .text(let text), _, _, _), .acknowledged(_, .text(let text), _, _): [text]
        case .retrieved(_, _, _, let texts): texts
        case .message, .order:
            // What other messages carry the server may say of its own accord, such as the outcome of a REFER.
            selectors.filter { ["MESSAGE", "SEND"].contains($0.method) }.compactMap(\.carrying)
        case .received, .acknowledged, .invited, .established, .answered, .participants, .participant,
            .distinctAliases, .aliasCollision, .hidden, .listed, .removed:
            []
        }
    }

    /// Every rule for a field, wherever it stands.
    fileprivate var rules: [FieldRule] {
        let own: [FieldRule] = if case .message(_, _, let must, let should) = self { must + should } else { [] }
        return (own + selectors.flatMap(\.allRules)).flatMap(\.withRelations)
    }

    private var selectors: [MessageSelector] {
        switch self {
        case .message(let selector, _, _, _): [selector]
        case .order(let first, let second, _): [first, second]
        case .participants(_, _, let anchor): [anchor].compactMap(\.self)
        case .participant(_, _, _, let anchor), .listed(_, _, .after(let anchor), _, _): [anchor]
        case .invited, .established, .answered, .received, .acknowledged, .distinctAliases, .aliasCollision, .hidden,
            .listed, .removed, .retrieved:
            []
        }
    }
}

extension MessageSelector {
    fileprivate var allRules: [FieldRule] {
        switch beginning {
        case .start: rules
        case .after(let anchor): rules + anchor.allRules
        }
    }
}

extension FieldRule {
    /// The rule, and those by which it finds other messages.
    fileprivate var withRelations: [FieldRule] {
        switch matcher {
        case .same(let field, let selector), .other(let field, let selector):
            [self, FieldRule(field: field, matcher: .present, position: position)] + selector.allRules
        case .present, .absent, .equals, .differs, .contains, .oneOf, .names, .namesGroup: [self]
        }
    }
}
