/// A place where bytes stop following the grammar, and the production that they break.
///
/// RFC 3261 §25.1
package struct SIPSyntaxError: Error, Hashable, Sendable {
    package let rule: SIPRule

    /// Counted in bytes from the start of what was parsed: of the message, or of the text given.
    package let offset: Int

    package init(_ rule: SIPRule, at offset: Int) {
        self.rule = rule
        self.offset = offset
    }
}
