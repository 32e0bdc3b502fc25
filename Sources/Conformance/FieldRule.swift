/// What a named field of a message must be.
///
/// Names are header fields (`Accept-Contact`), one of `DissectedPart`, or a header field of what is wrapped
/// (`cpim.DateTime`, `encapsulated.Call-ID`).
package struct FieldRule: Sendable, Hashable {
    package enum Matcher: Sendable, Hashable {
        case present
        case absent
        /// Some occurrence of the field is this text, without regard to case and surrounding blanks.
        case equals(String)
        /// The field is there, and no occurrence is this text.
        case differs(String)
        /// Some occurrence contains this text, without regard to case.
        case contains(String)
        case oneOf([String])
        /// Some occurrence is an address of the user of this client.
        case names(PartyName)
        /// Some occurrence is the IM Group Identity of this group.
        case namesGroup(String)
        /// Some occurrence is what some occurrence of that field in one of those messages is.
        case same(field: String, of: MessageSelector)
        /// The field is there, and no occurrence is what that field in one of those messages is.
        case other(field: String, of: MessageSelector)
    }

    package var field: String
    package var matcher: Matcher
    package var position: SourcePosition

    package init(field: String, matcher: Matcher, position: SourcePosition) {
        self.field = field
        self.matcher = matcher
        self.position = position
    }
}
