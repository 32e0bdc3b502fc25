import Bytes

/// The productions of free text.
///
/// RFC 3261 §25.1
extension SIPScanner {
    /// Reads the inside of a `comment`, its own parentheses left out; comments may nest.
    package mutating func comment() throws(SIPSyntaxError) -> String {
        guard take(UInt8(ascii: "(")) else { throw error(.comment) }
        let start = position
        var depth = 1
        while position < end {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "("):
                depth += 1
                skip()
            case UInt8(ascii: ")"):
                depth -= 1
                skip()
                if depth == 0 { return text(start..<(position - 1)) }
            case UInt8(ascii: "\\"):
                try quotedPair(.comment)
            case .carriageReturn, .lineFeed:
                try folding(.comment)
            default:
                if byte.isControl, byte != .horizontalTab { throw error(.comment) }
                skip()
            }
        }
        throw error(.comment)
    }

    /// Reads `quoted-pair = "\" ( any ASCII character but CR and LF )`.
    mutating func quotedPair(_ rule: SIPRule) throws(SIPSyntaxError) {
        skip()
        guard let escaped = next, escaped < 0x80, escaped != .carriageReturn, escaped != .lineFeed else {
            throw error(rule)
        }
        skip()
    }

    /// Reads a line end that white space follows.
    mutating func folding(_ rule: SIPRule) throws(SIPSyntaxError) {
        let before = position
        skipWhitespace()
        if position == before { throw error(rule) }
    }

    /// Reads `*( TEXT-UTF8char / LWS )` up to the end.
    mutating func textUTF8() throws(SIPSyntaxError) -> Range<Int> {
        let start = position
        while position < end {
            let byte = bytes[position]
            if byte == .carriageReturn || byte == .lineFeed {
                try folding(.textUTF8)
            } else if byte.isControl, byte != .horizontalTab {
                throw error(.textUTF8)
            } else {
                skip()
            }
        }
        return start..<position
    }

    /// Skips LWS of which there must be some.
    mutating func whitespace(_ rule: SIPRule) throws(SIPSyntaxError) {
        let before = position
        skipWhitespace()
        if position == before { throw error(rule) }
    }
}
