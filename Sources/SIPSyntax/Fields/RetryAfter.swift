/// When to try again.
///
/// RFC 3261 §20.33
package struct RetryAfter: Hashable, Sendable {
    package var seconds: Int
    package var comment: String?
    package var parameters: [Parameter]
}

extension RetryAfter: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        seconds = try scanner.number(.deltaSeconds)
        let place = scanner.position
        scanner.skipWhitespace()
        if scanner.next == UInt8(ascii: "(") {
            comment = try scanner.comment()
        } else {
            scanner.back(to: place)
        }
        parameters = try scanner.parameters()
    }
}
