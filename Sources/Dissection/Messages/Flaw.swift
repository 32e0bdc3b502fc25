/// Something in a message that its specification forbids.
package struct Flaw: Sendable, Hashable {
    /// The stable name of the rule, such as `sip.via.branch`.
    package var rule: String
    package var clause: String
    /// The field concerned, where it is one.
    package var field: String?
    /// Where in the message, in bytes from its start; nil where that says nothing.
    package var offset: Int?
    /// What is wrong, in one sentence.
    package var explanation: String

    package init(rule: String, clause: String, field: String?, offset: Int?, explanation: String) {
        self.rule = rule
        self.clause = clause
        self.field = field
        self.offset = offset
        self.explanation = explanation
    }
}
