/// The version of MIME that a body is written in.
///
/// RFC 3261 §20.24
package struct MIMEVersion: Hashable, Sendable {
    package let major: Int
    package let minor: Int
}

extension MIMEVersion: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        major = try scanner.number()
        guard scanner.take(UInt8(ascii: ".")) else { throw scanner.error(.digits) }
        minor = try scanner.number()
    }
}
