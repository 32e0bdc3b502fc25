import Bytes

/// What a response says about itself beyond its status code.
///
/// RFC 3261 §20.43, §25.1 warning-value
package struct Warning: Hashable, Sendable, CustomStringConvertible {
    package var code: Int

    /// A host and port, or a pseudonym.
    package var agent: String

    /// Without quotes and escapes.
    package var text: String

    package init(code: Int, agent: String, text: String) {
        self.code = code
        self.agent = agent
        self.text = text
    }

    package var description: String { "\(code) \(agent) \(text.quoted)" }
}

extension Warning: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        let digits = scanner.take(while: \.isDigit)
        guard digits.count == 3, let code = Int(scanner.text(digits)) else {
            throw SIPSyntaxError(.warnCode, at: digits.lowerBound)
        }
        self.code = code
        guard scanner.take(.space) else { throw scanner.error(.warningValue) }
        agent = try scanner.warnAgent()
        guard scanner.take(.space) else { throw scanner.error(.warningValue) }
        text = try scanner.quotedString()
    }
}

extension SIPScanner {
    /// Reads `warn-agent = hostport / pseudonym`.
    fileprivate mutating func warnAgent() throws(SIPSyntaxError) -> String {
        let start = position
        if next == UInt8(ascii: "[") { _ = try hostRange() }
        _ = take { $0.isTokenCharacter || $0 == UInt8(ascii: ":") }
        if position == start { throw error(.warnAgent) }
        return text(start..<position)
    }
}
