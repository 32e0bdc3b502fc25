import Bytes

/// When a request was sent, in seconds of its sender's clock, and the delay its server adds.
///
/// RFC 3261 §20.38
package struct Timestamp: Hashable, Sendable {
    package let time: String
    package let delay: String?
}

extension Timestamp: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        time = try scanner.decimal()
        scanner.skipWhitespace()
        delay = scanner.isAtEnd ? nil : try scanner.decimal()
    }
}

extension SIPScanner {
    /// Reads digits that a point and more digits may follow.
    fileprivate mutating func decimal() throws(SIPSyntaxError) -> String {
        let start = position
        if take(while: \.isDigit).isEmpty { throw error(.digits) }
        if take(UInt8(ascii: ".")) { _ = take(while: \.isDigit) }
        return text(start..<position)
    }
}
