package import Conformance

/// Something in a file that Parley refuses or frowns on, with the place to look at.
package struct LintMessage: Error, Hashable, Sendable, CustomStringConvertible {
    package let position: SourcePosition
    package let rule: LintRule
    package let text: String

    init(_ rule: LintRule, at position: SourcePosition, _ text: String) {
        self.rule = rule
        self.position = position
        self.text = text
    }

    /// The message about a statement that says less than the tables ask for.
    package init(_ shortfall: StatementShortfall) {
        let rule: LintRule =
            switch shortfall.kind {
            case .mandatory: .mandatoryItem
            case .requirement: .unmetRequirement
            }
        self.init(rule, at: shortfall.position, shortfall.sentence)
    }

    package var severity: LintSeverity { rule.severity }

    /// One line as compilers write it: `file:line:column: error: text [rule]`.
    package var description: String { "\(position): \(severity.rawValue): \(text) [\(rule.rawValue)]" }

    /// The order of the places in their files.
    static func precedes(_ left: LintMessage, _ right: LintMessage) -> Bool {
        (left.position.file, left.position.line, left.position.column, left.text)
            < (right.position.file, right.position.line, right.position.column, right.text)
    }
}

/// Whether a file can be used in spite of the message.
package enum LintSeverity: String, Sendable {
    case error
    case warning
}
