import Bytes

/// Reading one request or response.
///
/// RFC 9112 §2.1
extension HTTPMessage {
    /// The message that the bytes are, with nothing before or behind it.
    ///
    /// What is parsed gives its bytes back, but for a reason that is not UTF-8.
    package init(parsing bytes: [UInt8]) throws(HTTPSyntaxError) {
        guard let end = bytes.endOfHead() else { throw HTTPSyntaxError(.message, at: bytes.count) }
        try self.init(head: bytes[..<end])
        body = Array(bytes[end...])
        switch try BodyLength(of: self, offset: end) {
        case .bytes(let length):
            // A response to HEAD announces what it does not carry.
            guard body.count == length || status != nil && body.isEmpty else {
                throw HTTPSyntaxError(.contentLength, at: end)
            }
        case .chunked:
            var chunks = ChunkedBody()
            do throws(HTTPSyntaxError) {
                guard try chunks.read(body), chunks.offset == body.count else {
                    throw HTTPSyntaxError(.message, at: chunks.offset)
                }
            } catch {
                throw HTTPSyntaxError(error.rule, at: end + error.offset)
            }
        case .untilClose:
            break
        }
    }

    /// The start-line and the fields, from the first byte to the blank line; the body is empty.
    init(head: ArraySlice<UInt8>) throws(HTTPSyntaxError) {
        var place = head.startIndex
        func line() throws(HTTPSyntaxError) -> ArraySlice<UInt8> {
            guard let end = head[place...].indexOfLineEnd() else {
                throw HTTPSyntaxError(.message, at: head.count)
            }
            let line = head[place..<end]
            place = end + 2
            // A line end of one byte, or a NUL, would end the line for some readers and not for others.
            if let stray = line.firstIndex(where: { $0 == .carriageReturn || $0 == .lineFeed || $0 == 0 }) {
                throw HTTPSyntaxError(.message, at: stray - head.startIndex)
            }
            return line
        }
        let (startLine, version) = try Self.startLine(try line())
        var fields: [HTTPField] = []
        while true {
            let start = place - head.startIndex
            let line = try line()
            if line.isEmpty { break }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
                throw HTTPSyntaxError(.fieldLine, at: start)
            }
            // §5.1 and §5.2: neither space before the colon nor folding.
            guard line[..<colon].isToken else { throw HTTPSyntaxError(.fieldName, at: start) }
            fields.append(HTTPField(line: Array(line)))
        }
        self.init(startLine: startLine, version: version, fields: fields, body: [])
    }

    private static func startLine(
        _ line: ArraySlice<UInt8>
    ) throws(HTTPSyntaxError) -> (StartLine, version: String) {
        let isResponse = line.starts(with: "HTTP/".utf8)
        let words = line.split(separator: .space, maxSplits: isResponse ? 2 : .max, omittingEmptySubsequences: false)
        func offset(_ word: Int) -> Int { words[word].startIndex - line.startIndex }
        if isResponse {
            let version = try version(words[0], at: 0)
            guard words.count > 1, words[1].count == 3, let status = words[1].decimal else {
                throw HTTPSyntaxError(.statusCode, at: words.count > 1 ? offset(1) : line.count)
            }
            return (.response(status: status, reason: words.count > 2 ? words[2].text : nil), version)
        }
        guard words[0].isToken else { throw HTTPSyntaxError(.method, at: 0) }
        guard words.count > 1, !words[1].isEmpty, words[1].allSatisfy(\.isVisible) else {
            throw HTTPSyntaxError(.requestTarget, at: words.count > 1 ? offset(1) : line.count)
        }
        guard words.count == 3 else { throw HTTPSyntaxError(.startLine, at: words.count > 2 ? offset(2) : line.count) }
        return (.request(method: words[0].text, target: words[1].text), try version(words[2], at: offset(2)))
    }

    /// `HTTP/1.` and a digit: messages of other major versions are other things.
    private static func version(_ word: ArraySlice<UInt8>, at offset: Int) throws(HTTPSyntaxError) -> String {
        guard word.count == 8, word.starts(with: "HTTP/1.".utf8), word.last?.isDigit == true else {
            throw HTTPSyntaxError(.version, at: offset)
        }
        return word.text
    }
}

extension [UInt8] {
    /// The index after the blank line, looked for from the given place on.
    func endOfHead(from start: Int = 0, searched: Int = 0) -> Int? {
        withUnsafeBufferPointer { bytes in
            var index = Swift.max(start + 3, searched)
            while index < bytes.count {
                if bytes[index] == .lineFeed, bytes[index - 1] == .carriageReturn, bytes[index - 2] == .lineFeed,
                    bytes[index - 3] == .carriageReturn
                {
                    return index + 1
                }
                index += 1
            }
            return nil
        }
    }
}

extension ArraySlice<UInt8> {
    /// The index of the next CRLF.
    fileprivate func indexOfLineEnd() -> Int? {
        guard
            let lineFeed = indices.first(where: { index in
                self[index] == .lineFeed && index > startIndex && self[index - 1] == .carriageReturn
            })
        else { return nil }
        return lineFeed - 1
    }
}
