/// Text for people: Subject, Organization, and every field whose grammar is not known.
///
/// RFC 3261 §25.1 TEXT-UTF8-TRIM, header-value
package struct UTF8Text: Hashable, Sendable {
    package let text: String
}

extension UTF8Text: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        text = scanner.text(try scanner.textUTF8())
    }
}
