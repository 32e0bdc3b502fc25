import Bytes

/// The lexical productions that all fields share.
///
/// RFC 3261 §25.1
extension SIPScanner {
    /// SWS: optional white space, line folding included.
    package mutating func skipWhitespace() {
        while position < end {
            let byte = bytes[position]
            if byte == .space || byte == .horizontalTab {
                skip()
            } else if byte == .carriageReturn || byte == .lineFeed {
                let isPair = byte == .carriageReturn && position + 1 < end && bytes[position + 1] == .lineFeed
                let following = position + (isPair ? 2 : 1)
                guard following < end, bytes[following].isWhitespace else { return }
                back(to: following + 1)
            } else {
                return
            }
        }
    }

    /// SEMI, COMMA, EQUAL and their like: the separator with optional white space on both sides.
    package mutating func takeSeparator(_ separator: UInt8) -> Bool {
        let start = position
        skipWhitespace()
        guard take(separator) else {
            back(to: start)
            return false
        }
        skipWhitespace()
        return true
    }

    mutating func tokenRange(_ rule: SIPRule = .token) throws(SIPSyntaxError) -> Range<Int> {
        let range = take(while: \.isTokenCharacter)
        if range.isEmpty { throw error(rule) }
        return range
    }

    /// One token.
    package mutating func token(_ rule: SIPRule = .token) throws(SIPSyntaxError) -> String {
        text(try tokenRange(rule))
    }

    /// Digits as a number that must fit the type.
    package mutating func number<Number: FixedWidthInteger>(
        _ rule: SIPRule = .digits
    ) throws(SIPSyntaxError) -> Number {
        let start = position
        var number: Number = 0
        while position < end, bytes[position].isDigit {
            let (shifted, overflows) = number.multipliedReportingOverflow(by: 10)
            let digit = Number(bytes[position] - UInt8(ascii: "0"))
            let (sum, carries) = shifted.addingReportingOverflow(digit)
            if overflows || carries { throw SIPSyntaxError(rule, at: start) }
            number = sum
            skip()
        }
        if position == start { throw error(rule) }
        return number
    }

    /// The range of a quoted-string, its quotes included.
    mutating func quotedStringRange() throws(SIPSyntaxError) -> Range<Int> {
        let start = position
        guard take(.doubleQuote) else { throw error(.quotedString) }
        while position < end {
            let byte = bytes[position]
            if byte == .doubleQuote {
                skip()
                return start..<position
            }
            if byte == UInt8(ascii: "\\") {
                try quotedPair(.quotedString)
            } else if byte == .carriageReturn || byte == .lineFeed {
                try folding(.quotedString)
            } else if byte.isControl, byte != .horizontalTab {
                throw error(.quotedString)
            } else {
                skip()
            }
        }
        throw error(.quotedString)
    }

    /// A quoted-string without its quotes and escapes.
    package mutating func quotedString() throws(SIPSyntaxError) -> String {
        let range = try quotedStringRange()
        return unquoted((range.lowerBound + 1)..<(range.upperBound - 1))
    }

    private func unquoted(_ range: Range<Int>) -> String {
        if !bytes[range].contains(UInt8(ascii: "\\")), !bytes[range].contains(.lineFeed) { return text(range) }
        var content: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < range.upperBound { index += 1 }
            if bytes[index] != .carriageReturn, bytes[index] != .lineFeed { content.append(bytes[index]) }
            index += 1
        }
        return content.text
    }
}
