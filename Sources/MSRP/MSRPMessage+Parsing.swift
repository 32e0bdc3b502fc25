import Bytes

/// Reading and writing one request or response.
///
/// RFC 4975 §9
extension MSRPMessage {
    /// The message that the bytes are, from the start-line to the end-line and no further.
    ///
    /// Lenient about fields, which are kept as they are: `flaws()` judges them. What is parsed gives its bytes back, but
    /// for a comment that is not UTF-8.
    package init(parsing bytes: [UInt8]) throws(MSRPSyntaxError) {
        guard bytes.starts(with: "MSRP ".utf8) else { throw MSRPSyntaxError(.start, at: 0) }
        let lineEnd = try Self.endOfLine(in: bytes, from: 0, rule: .start)
        let words = bytes[5..<lineEnd].split(separator: .space, maxSplits: 2, omittingEmptySubsequences: false)
        guard let identifier = words.first, !identifier.isEmpty, identifier.allSatisfy(\.isVisible), words.count >= 2
        else {
            throw MSRPSyntaxError(.transactionID, at: 5)
        }
        transactionID = identifier.text
        startLine = try Self.startLine(words)

        let endLine = EndLine(transactionID: identifier)
        var line = lineEnd + 2
        var fields: [MSRPField] = []
        fields.reserveCapacity(8)
        while true {
            if case .found(_, let flag, let end) = bytes.withUnsafeBufferPointer({ endLine.match($0, at: line - 2) }) {
                guard end == bytes.count else { throw MSRPSyntaxError(.start, at: end) }
                continuation = flag
                body = nil
                break
            }
            let end = try Self.endOfLine(in: bytes, from: line, rule: .headers)
            guard end > line else {
                (body, continuation) = try Self.body(in: bytes, from: line, to: endLine)
                // Without the CRLF of a body, the blank line is all there is, and stays as a field that is none.
                if body == nil { fields.append(MSRPField(line: [])) }
                break
            }
            fields.append(MSRPField(line: Array(bytes[line..<end])))
            line = end + 2
        }
        self.fields = fields
    }

    package func serialized() -> [UInt8] {
        var bytes: [UInt8] = []
        let size = fields.reduce(96 + 2 * transactionID.utf8.count) { $0 + $1.line.count + 2 } + (body?.count ?? 0)
        bytes.reserveCapacity(size)
        bytes += "MSRP \(transactionID) ".utf8
        switch startLine {
        case .request(let method):
            bytes += method.utf8
        case .response(let status, let comment):
            bytes += String(repeating: "0", count: max(0, 3 - String(status).utf8.count)).utf8
            bytes += String(status).utf8
            if let comment { bytes += " \(comment)".utf8 }
        }
        bytes += [.carriageReturn, .lineFeed]
        for field in fields {
            bytes += field.line
            bytes += [.carriageReturn, .lineFeed]
        }
        if let body {
            bytes += [.carriageReturn, .lineFeed]
            bytes += body
            bytes += [.carriageReturn, .lineFeed]
        }
        bytes += "-------\(transactionID)".utf8
        bytes += [continuation.rawValue, .carriageReturn, .lineFeed]
        return bytes
    }

    private static func startLine(_ words: [ArraySlice<UInt8>]) throws(MSRPSyntaxError) -> StartLine {
        let word = words[1]
        guard let first = word.first else { throw MSRPSyntaxError(.method, at: word.startIndex) }
        guard first.isDigit else {
            guard words.count == 2, word.allSatisfy(\.isVisible) else {
                throw MSRPSyntaxError(.method, at: word.startIndex)
            }
            return .request(method: word.text)
        }
        guard word.count == 3, word.allSatisfy(\.isDigit), let status = Int(word.text) else {
            throw MSRPSyntaxError(.statusCode, at: word.startIndex)
        }
        return .response(status: status, comment: words.count > 2 ? words[2].text : nil)
    }

    /// The bytes between the blank line and the CRLF before the end-line.
    private static func body(
        in bytes: [UInt8], from blank: Int, to endLine: EndLine
    ) throws(MSRPSyntaxError) -> ([UInt8]?, Continuation) {
        let search = bytes.withUnsafeBufferPointer { endLine.search($0, from: blank) }
        guard case .found(let start, let flag, let end) = search else {
            throw MSRPSyntaxError(.endLine, at: bytes.count)
        }
        guard end == bytes.count else { throw MSRPSyntaxError(.start, at: end) }
        return (start > blank ? Array(bytes[(blank + 2)..<start]) : nil, flag)
    }

    /// Where the CRLF of the line stands.
    private static func endOfLine(
        in bytes: [UInt8], from start: Int, rule: MSRPRule
    ) throws(MSRPSyntaxError) -> Int {
        let found = bytes.withUnsafeBufferPointer { bytes -> Int? in
            var index = start + 1
            while index < bytes.count {
                if bytes[index] == .lineFeed, bytes[index - 1] == .carriageReturn { return index - 1 }
                index += 1
            }
            return nil
        }
        guard let found else { throw MSRPSyntaxError(rule, at: bytes.count) }
        return found
    }
}
