/// The identifier of a call, which is compared byte by byte.
///
/// RFC 3261 §20.8, §25.1 callid
package struct CallIdentifier: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package var description: String { text }
}

extension CallIdentifier: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        let start = scanner.position
        if scanner.take(while: \.isWordCharacter).isEmpty { throw scanner.error(.callID) }
        if scanner.take(UInt8(ascii: "@")), scanner.take(while: \.isWordCharacter).isEmpty {
            throw scanner.error(.word)
        }
        text = scanner.text(start..<scanner.position)
    }
}
