/// A way in which a description breaks the grammar or the rules of message lines, although it could be read.
package struct SDPFlaw: Hashable, Sendable {
    /// What is broken; the raw value is a lasting identifier.
    package enum Rule: String, Sendable, CaseIterable {
        case syntax
        case lineEnd = "line-end"
        case lastLineEnd = "last-line-end"
        case lineOrder = "line-order"
        case repeatedLine = "repeated-line"
        case unknownLine = "unknown-line"
        case text
        case originForm = "origin-form"
        case sessionNameEmpty = "session-name-empty"
        case timingMissing = "timing-missing"
        case timingForm = "timing-form"
        case connectionMissing = "connection-missing"
        case attributeForm = "attribute-form"
        case directions
        case formats
        case pathMissing = "path-missing"
        case pathForm = "path-form"
        case acceptTypesMissing = "accept-types-missing"
        case acceptTypesForm = "accept-types-form"
        case maxSizeForm = "max-size-form"
        case setupValue = "setup-value"
        case fileSelectorForm = "file-selector-form"
    }

    package let rule: Rule
    /// The line, counted from 1.
    package let line: Int
    package let explanation: String

    package init(_ rule: Rule, line: Int, _ explanation: String) {
        self.rule = rule
        self.line = line
        self.explanation = explanation
    }

    package var clause: String { rule.clause }
}

extension SDPFlaw.Rule {
    /// Where the rule is written.
    package var clause: String {
        switch self {
        case .syntax, .text, .timingForm, .attributeForm: "RFC 4566 §9"
        case .lineEnd, .lastLineEnd, .lineOrder, .repeatedLine, .unknownLine, .timingMissing: "RFC 4566 §5"
        case .originForm: "RFC 4566 §5.2"
        case .sessionNameEmpty: "RFC 4566 §5.3"
        case .connectionMissing: "RFC 4566 §5.7"
        case .directions: "RFC 3264 §5.1"
        case .formats: "RFC 4975 §8.1"
        case .pathMissing, .pathForm: "RFC 4975 §8.2"
        case .acceptTypesMissing, .acceptTypesForm, .maxSizeForm: "RFC 4975 §8.6"
        case .setupValue: "RFC 4145 §4"
        case .fileSelectorForm: "RFC 5547 §6"
        }
    }
}
