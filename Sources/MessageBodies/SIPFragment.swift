import Bytes

/// A SIP message, or some of its lines, as another message carries it.
///
/// RFC 3420 for message/sipfrag, RFC 3261 §27.5 for message/sip
package struct SIPFragment: Equatable, Sendable {
    package static let mediaType = "message/sipfrag"
    package static let wholeMediaType = "message/sip"

    /// The most header fields that are read of one message.
    package static let maximumFields = 200

    /// The request line or the status line, as written; nil in a fragment without one.
    package var startLine: String?
    package var fields: [BodyField]
    package var body: [UInt8]

    package init(startLine: String?, fields: [BodyField] = [], body: [UInt8] = []) {
        self.startLine = startLine
        self.fields = fields
        self.body = body
    }

    /// The status line alone, as notifications of the `refer` package carry it.
    ///
    /// RFC 3515 §2.4.5
    package init(status code: Int, reason: String) {
        self.init(startLine: "SIP/2.0 \(code) \(reason)")
    }

    /// Reads a message or a fragment of one; every part may be missing, but not all of them.
    package init(parsing bytes: [UInt8]) throws(MessageBodyError) {
        var cursor = ByteCursor(bytes)
        let lines: [String]
        if let found = cursor.takeHeaderLines() {
            lines = found
        } else {
            // A fragment may end after any line, with or without the line's end.
            cursor = ByteCursor(bytes + Array("\r\n\r\n".utf8))
            lines = cursor.takeHeaderLines() ?? []
            cursor = ByteCursor([])
        }
        guard !lines.isEmpty || !cursor.isAtEnd else { throw .truncated(offset: 0) }
        startLine = lines.first.flatMap { Self.isStartLine($0) ? $0 : nil }
        fields = []
        for line in lines.dropFirst(startLine == nil ? 0 : 1) {
            guard fields.count < Self.maximumFields else { throw .tooManyFields }
            guard let field = BodyField(parsing: line) else { throw .malformedField(line) }
            fields.append(field)
        }
        body = Array(cursor.remaining)
        // What follows the length that the message itself states is not part of it.
        if let length = value("Content-Length").flatMap({ Int($0) }), (0..<body.count).contains(length) {
            body.removeSubrange(length...)
        }
    }

    package func serialized() -> [UInt8] {
        let lines = (startLine.map { [$0] } ?? []) + fields.map { "\($0.name): \($0.value)" }
        var bytes = Array(lines.map { $0 + "\r\n" }.joined().utf8)
        if !fields.isEmpty || !body.isEmpty { bytes += [.carriageReturn, .lineFeed] }
        return bytes + body
    }

    /// The method of a request.
    package var method: String? { requestWords?.first.map(String.init) }

    package var requestURI: String? { requestWords.map { $0.dropFirst().dropLast().joined() } }

    /// The status code of a response.
    package var statusCode: Int? {
        guard let words = startLine?.split(separator: " "), words.count >= 2, words[0].hasPrefix("SIP/") else {
            return nil
        }
        return Int(words[1])
    }

    /// The value of the first field of this name, in its long or its compact form.
    package func value(_ name: String) -> String? {
        fields.first(name) ?? Self.compactForms[name.lowercased()].flatMap { fields.first($0) }
    }

    /// The media type of the body; one that says nothing is plain text.
    package var contentType: String { value("Content-Type") ?? "text/plain" }
}

extension SIPFragment {
    /// The compact forms of field names that are looked for by their long ones.
    ///
    /// RFC 3261 §7.3.3
    private static let compactForms = [
        "call-id": "i", "contact": "m", "content-type": "c", "content-length": "l", "from": "f", "subject": "s",
        "to": "t", "via": "v",
    ]

    private var requestWords: [Substring]? { startLine.flatMap(Self.requestWords) }

    /// The words of a request line; the printed examples have a blank inside some of their URIs.
    private static func requestWords(of line: String) -> [Substring]? {
        let words = line.split(separator: " ")
        guard words.count >= 3, let version = words.last, version.hasPrefix("SIP/"), !words[0].contains(":") else {
            return nil
        }
        return words
    }

    /// Whether a line is a request line or a status line, and no header field.
    private static func isStartLine(_ line: String) -> Bool {
        line.hasPrefix("SIP/") || requestWords(of: line) != nil
    }
}
