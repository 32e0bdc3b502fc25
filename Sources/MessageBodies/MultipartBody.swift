import Bytes

/// A body of several parts.
///
/// RFC 2046 §5.1.1; preamble and epilogue are skipped, as they must be.
package struct MultipartBody: Equatable, Sendable {
    package let boundary: String
    package let parts: [BodyPart]

    package struct BodyPart: Equatable, Sendable {
        package let fields: [BodyField]
        package let body: [UInt8]

        package init(fields: [BodyField], body: [UInt8]) {
            self.fields = fields
            self.body = body
        }

        /// The media type; a part that says nothing is plain text.
        package var contentType: String { fields.first("Content-Type") ?? "text/plain" }
    }

    package init(boundary: String, parts: [BodyPart]) {
        self.boundary = boundary
        self.parts = parts
    }

    package init(parsing body: [UInt8], boundary: String) throws(MessageBodyError) {
        var cursor = ByteCursor(body)
        var parts: [BodyPart] = []
        var partStart: Int?
        var lineStart = 0
        while let line = cursor.takeLine() {
            defer { lineStart = cursor.offset }
            guard let delimiter = Delimiter(line, boundary: boundary) else { continue }
            if let partStart {
                guard parts.count < 100 else { throw .tooManyParts }
                parts.append(try BodyPart(parsing: Self.content(of: body[partStart..<lineStart])))
            }
            if delimiter == .last {
                self.init(boundary: boundary, parts: parts)
                return
            }
            partStart = cursor.offset
        }
        if partStart == nil { throw .noDelimiter }
        throw .truncated(offset: body.count)
    }

    package func serialized() -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            bytes += Array("--\(boundary)\r\n".utf8)
            for field in part.fields { bytes += Array("\(field.name): \(field.value)\r\n".utf8) }
            bytes += Array("\r\n".utf8) + part.body + Array("\r\n".utf8)
        }
        return bytes + Array("--\(boundary)--\r\n".utf8)
    }

    /// The lines between two delimiters, without the line end that belongs to the second one.
    private static func content(of lines: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard lines.last == .lineFeed else { return lines }
        let content = lines.dropLast()
        return content.last == .carriageReturn ? content.dropLast() : content
    }
}

extension MultipartBody {
    private enum Delimiter {
        case next
        case last

        init?(_ line: ArraySlice<UInt8>, boundary: String) {
            let delimiter = Array("--\(boundary)".utf8)
            guard line.starts(with: delimiter) else { return nil }
            let rest = line.dropFirst(delimiter.count)
            if rest.allSatisfy(\.isWhitespace) {
                self = .next
            } else if rest.starts(with: Array("--".utf8)), rest.dropFirst(2).allSatisfy(\.isWhitespace) {
                self = .last
            } else {
                return nil
            }
        }
    }
}

extension MultipartBody.BodyPart {
    fileprivate init(parsing content: ArraySlice<UInt8>) throws(MessageBodyError) {
        var cursor = ByteCursor(content)
        // The empty line that ends the fields has lost its own line end when there is no body after it.
        if let fields = cursor.takeBodyFields() {
            self.init(fields: fields, body: Array(cursor.remaining))
        } else {
            cursor = ByteCursor(Array(content) + [.carriageReturn, .lineFeed, .carriageReturn, .lineFeed])
            guard let fields = cursor.takeBodyFields() else { throw .malformedField(content.prefix(80).text) }
            self.init(fields: fields, body: [])
        }
    }
}
