/// A field value that is digits and nothing else.
///
/// RFC 3261 §20.14, §20.22; RFC 3262 §7.1
package struct SIPNumber: Hashable, Sendable {
    package let value: Int
}

extension SIPNumber: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        value = try scanner.number()
    }
}
