/// A place where bytes leave the grammar of session descriptions.
package struct SDPSyntaxError: Error, Hashable, Sendable {
    package let rule: SDPRule
    /// The line, counted from 1.
    package let line: Int

    package init(_ rule: SDPRule, line: Int) {
        self.rule = rule
        self.line = line
    }
}

/// The rules of the grammar, spelled as there.
///
/// RFC 4566 §9
package enum SDPRule: String, Hashable, Sendable {
    case sessionDescription = "session-description"
    case version = "proto-version"
    case origin = "origin-field"
    case sessionName = "session-name-field"
    case connection = "connection-field"
    case timing = "time-fields"
    case attribute = "attribute"
    case media = "media-field"
    case port
}
