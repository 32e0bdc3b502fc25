import Bytes

/// The judgment of the start line, byte by byte.
///
/// RFC 3261 §7.1, §7.2, §25.1
extension SIPJudgment {
    mutating func judgeStartLine() {
        do throws(SIPSyntaxError) {
            switch message.startLine {
            case .request: try judgeRequestLine(startLine)
            case .response: try judgeStatusLine(startLine)
            }
        } catch {
            let rule: SIPFlawRule =
                switch error.rule {
                case .version: .version
                case .statusCode: .statusCode
                case .statusLine, .reasonPhrase: .statusLine
                case .requestURI: .requestURI
                default: .requestLine
                }
            note(rule, at: error.offset, "The start line does not follow \(error.rule.rawValue).")
        }
    }

    /// Line ends that are not CRLF, in the start line and the fields.
    mutating func judgeLineEnds() {
        for index in head where bytes[index] == .lineFeed {
            if index > head.lowerBound, bytes[index - 1] == .carriageReturn { continue }
            note(.lineEnd, at: index, "A line ends in LF instead of CRLF.")
            return
        }
    }

    private mutating func judgeRequestLine(_ line: Range<Int>) throws(SIPSyntaxError) {
        var scanner = SIPScanner(bytes, in: line)
        _ = try scanner.tokenRange(.method)
        guard scanner.take(.space) else { throw scanner.error(.requestLine) }
        // The version is the last word, so that white space inside a URI is the URI's fault.
        let text = bytes[scanner.position..<line.upperBound]
        let words = text.lastIndex { !$0.isWhitespace }.map { text[...$0] } ?? []
        guard let blank = words.lastIndex(of: .space) else { throw scanner.error(.requestURI) }
        judgeRequestURI(scanner.position..<blank)
        scanner.back(to: blank + 1)
        try judgeVersion(&scanner)
        if !scanner.isAtEnd { throw scanner.error(.requestLine) }
    }

    private mutating func judgeStatusLine(_ line: Range<Int>) throws(SIPSyntaxError) {
        var scanner = SIPScanner(bytes, in: line)
        try judgeVersion(&scanner)
        guard scanner.take(.space) else { throw scanner.error(.statusLine) }
        let digits = scanner.take(while: \.isDigit)
        let code = message.status ?? 0
        guard digits.count == 3, (100...699).contains(code) else {
            throw SIPSyntaxError(.statusCode, at: digits.lowerBound)
        }
        guard scanner.take(.space) else { throw scanner.error(.statusLine) }
        try scanner.reasonPhrase()
    }

    private mutating func judgeVersion(_ scanner: inout SIPScanner) throws(SIPSyntaxError) {
        let start = scanner.position
        let version = scanner.take { $0 != .space }
        guard scanner.matches(version, "SIP/2.0") else { throw SIPSyntaxError(.version, at: start) }
    }

    private mutating func judgeRequestURI(_ range: Range<Int>) {
        var scanner = SIPScanner(bytes, in: range)
        let scheme = scanner.take(while: \.isSchemeCharacter)
        let isSIP = scanner.matches(scheme, "sip") || scanner.matches(scheme, "sips")
        scanner.back(to: range.lowerBound)
        do throws(SIPSyntaxError) {
            guard isSIP else {
                _ = try scanner.absoluteURI()
                if !scanner.isAtEnd { throw scanner.error(.absoluteURI) }
                return
            }
            let uri = try SIPURI(scanning: &scanner)
            if !scanner.isAtEnd { throw scanner.error(.sipURI) }
            judgeParts(of: uri, at: range.lowerBound)
        } catch {
            note(.requestURI, at: error.offset, "The Request-URI does not follow \(error.rule.rawValue).")
        }
    }

    /// A Request-URI has neither headers nor a method.
    ///
    /// RFC 3261 §19.1.1 Table 1
    private mutating func judgeParts(of uri: SIPURI, at offset: Int) {
        if !uri.headers.isEmpty {
            note(.requestURIPart, at: offset, "The Request-URI has headers, which are not allowed there.")
        }
        if uri.parameter("method") != nil {
            note(.requestURIPart, at: offset, "The Request-URI has a method parameter, which is not allowed there.")
        }
    }
}

extension SIPScanner {
    /// Reads `Reason-Phrase = *( reserved / unreserved / escaped / UTF8-NONASCII / SP / HTAB )`.
    fileprivate mutating func reasonPhrase() throws(SIPSyntaxError) {
        while let byte = next {
            if byte == UInt8(ascii: "%") {
                let after = position + 3
                guard after <= end, bytes[(position + 1)..<after].allSatisfy(\.isHexDigit) else {
                    throw error(.reasonPhrase)
                }
                back(to: after)
            } else if byte.isReserved || byte.isUnreserved || byte.isWhitespace || byte >= 0x80 {
                skip()
            } else {
                throw error(.reasonPhrase)
            }
        }
    }
}
