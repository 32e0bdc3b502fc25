import Bytes

/// The two forms of a start line.
///
/// RFC 3261 §7.1, §7.2
enum SIPStartLine {
    /// Finds the parts of a start line; blanks too many are passed over here and judged elsewhere.
    static func parse(
        _ bytes: [UInt8], _ line: Range<Int>
    ) throws(SIPSyntaxError) -> (SIPMessage.StartLine, version: String) {
        var scanner = SIPScanner(bytes, in: line)
        let first = scanner.take { $0 != .space && $0 != .horizontalTab }
        if isVersion(scanner, first) {
            return (try status(&scanner), version(scanner, first))
        }
        return try request(bytes, line, method: first)
    }

    private static func request(
        _ bytes: [UInt8], _ line: Range<Int>, method: Range<Int>
    ) throws(SIPSyntaxError) -> (SIPMessage.StartLine, version: String) {
        if method.isEmpty { throw SIPSyntaxError(.method, at: method.lowerBound) }
        let scanner = SIPScanner(bytes, in: line)
        var end = line.upperBound
        while end > method.upperBound, bytes[end - 1].isWhitespace { end -= 1 }
        var start = end
        while start > method.upperBound, !bytes[start - 1].isWhitespace { start -= 1 }
        let versionRange = start..<end
        guard isVersion(scanner, versionRange) else { throw SIPSyntaxError(.version, at: start) }
        while start > method.upperBound, bytes[start - 1].isWhitespace { start -= 1 }
        var uriStart = method.upperBound
        while uriStart < start, bytes[uriStart].isWhitespace { uriStart += 1 }
        if uriStart == start { throw SIPSyntaxError(.requestURI, at: start) }
        let startLine = SIPMessage.StartLine.request(
            SIPMethod(scanner.text(method)), uri: scanner.text(uriStart..<start))
        return (startLine, version(scanner, versionRange))
    }

    private static func status(_ scanner: inout SIPScanner) throws(SIPSyntaxError) -> SIPMessage.StartLine {
        _ = scanner.take(while: \.isWhitespace)
        let status: Int = try scanner.number(.statusCode)
        guard scanner.isAtEnd || scanner.take(.space) else { throw scanner.error(.statusLine) }
        return .response(status: status, reason: scanner.text(scanner.position..<scanner.end))
    }

    private static func isVersion(_ scanner: SIPScanner, _ range: Range<Int>) -> Bool {
        range.count > 4 && scanner.matches(range.lowerBound..<(range.lowerBound + 4), "SIP/")
    }

    private static func version(_ scanner: SIPScanner, _ range: Range<Int>) -> String {
        scanner.text(range)
    }
}
