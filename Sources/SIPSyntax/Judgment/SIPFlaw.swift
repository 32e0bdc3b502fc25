/// One way in which a message breaks the rules of SIP.
package struct SIPFlaw: Hashable, Sendable {
    package let rule: SIPFlawRule

    /// The field at fault, nil for the start line, the body or the message as a whole.
    package let field: SIPFieldName?

    /// Counted in bytes from the start of the message as received.
    package let offset: Int

    /// What is wrong, in a sentence.
    package let explanation: String

    /// The document and section that say so.
    package let clause: String

    package init(
        _ rule: SIPFlawRule, field: SIPFieldName? = nil, at offset: Int, clause: String? = nil, _ explanation: String
    ) {
        self.rule = rule
        self.field = field
        self.offset = offset
        self.explanation = explanation
        self.clause = clause ?? rule.clause
    }

    /// The flaw of bytes that cannot be framed as a message.
    package init(_ error: SIPSyntaxError) {
        self.init(
            .framing, at: error.offset,
            "The bytes cannot be framed as a SIP message: \(error.rule.rawValue) is broken at byte \(error.offset).")
    }
}
