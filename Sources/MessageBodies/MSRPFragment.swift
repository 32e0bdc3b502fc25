import Bytes

/// An MSRP request, as another message carries it.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.5 and §13.3.3.2 for message/msrp, RFC 4975 §9 for what it holds
package struct MSRPFragment: Equatable, Sendable {
    package static let mediaType = "message/msrp"

    /// The most header fields that are read of one request.
    package static let maximumFields = 200

    package var transactionID: String
    package var method: String
    package var fields: [BodyField]
    package var body: [UInt8]

    /// A SEND request with a whole message in it, by default.
    package init(transactionID: String, method: String = "SEND", fields: [BodyField], body: [UInt8]) {
        self.transactionID = transactionID
        self.method = method
        self.fields = fields
        self.body = body
    }

    /// Reads a request; without its end-line, as the printed example has none, everything to the end is its body.
    package init(parsing bytes: [UInt8]) throws(MessageBodyError) {
        var cursor = ByteCursor(bytes)
        guard let line = cursor.takeLine() else { throw .truncated(offset: 0) }
        let words = line.text.split(separator: " ")
        guard words.count >= 3, words[0] == "MSRP" else { throw .malformedField(line.prefix(80).text) }
        self.init(transactionID: String(words[1]), method: String(words[2]), fields: [], body: [])
        let end = Array("-------\(transactionID)".utf8)
        while let line = cursor.takeLine(), !line.isEmpty {
            if Self.isEndLine(line, end) { return }
            guard fields.count < Self.maximumFields else { throw .tooManyFields }
            guard let field = BodyField(parsing: line.text) else { throw .malformedField(line.prefix(80).text) }
            fields.append(field)
        }
        body = Self.body(cursor.remaining, before: end)
    }

    package func serialized() -> [UInt8] {
        var bytes = Array("MSRP \(transactionID) \(method)\r\n".utf8)
        for field in fields { bytes += Array("\(field.name): \(field.value)\r\n".utf8) }
        if fields.first("Content-Type") != nil || !body.isEmpty {
            bytes += [.carriageReturn, .lineFeed]
            bytes += body
            bytes += [.carriageReturn, .lineFeed]
        }
        return bytes + Array("-------\(transactionID)$\r\n".utf8)
    }

    /// The value of the first field of this name.
    package func value(_ name: String) -> String? { fields.first(name) }

    /// The media type of the body; one that says nothing is plain text.
    package var contentType: String { value("Content-Type") ?? "text/plain" }

    /// The bytes before the end-line and the line end that belongs to it.
    private static func body(_ bytes: ArraySlice<UInt8>, before end: [UInt8]) -> [UInt8] {
        var cursor = ByteCursor(bytes)
        var bodyEnd = bytes.startIndex
        while let line = cursor.takeLine() {
            if isEndLine(line, end) { return Array(bytes[..<bodyEnd]) }
            bodyEnd = line.endIndex
        }
        return Array(bytes)
    }

    private static func isEndLine(_ line: ArraySlice<UInt8>, _ end: [UInt8]) -> Bool {
        line.starts(with: end) && line.dropFirst(end.count).first.map("$+#".utf8.contains) == true
    }
}
