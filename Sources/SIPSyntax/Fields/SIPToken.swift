/// A field value that is one token: a method, an option tag, an entity tag.
///
/// RFC 3261 §25.1 token
package struct SIPToken: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package var description: String { text }
}

extension SIPToken: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        text = try scanner.token()
    }
}
