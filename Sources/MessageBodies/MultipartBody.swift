import Bytes

/// A body of several parts.
///
/// RFC 2046 §5.1.1; preamble and epilogue are skipped, as they must be.
package struct MultipartBody: Equatable, Sendable {
    /// The most parts that are read of one body.
    package static let maximumParts = 100

    package let boundary: String
    package let parts: [BodyPart]

    package init(boundary: String, parts: [BodyPart]) {
        self.boundary = boundary
        self.parts = parts
    }

    package init(parsing body: [UInt8], boundary: String) throws(MessageBodyError) {
        let delimiter = Array("--\(boundary)".utf8)
        var cursor = ByteCursor(body)
        var parts: [BodyPart] = []
        var partStart: Int?
        var lineStart = 0
        while let line = cursor.takeLine() {
            defer { lineStart = cursor.offset }
            guard let found = Delimiter(line, after: delimiter) else { continue }
            if let partStart {
                guard parts.count < Self.maximumParts else { throw .tooManyParts }
                parts.append(try BodyPart(parsing: Self.content(of: body[partStart..<lineStart])))
            }
            if found == .last {
                self.init(boundary: boundary, parts: parts)
                return
            }
            partStart = cursor.offset
        }
        if partStart == nil { throw .noDelimiter }
        throw .truncated(offset: body.count)
    }

    /// Reads a body with the boundary that its Content-Type names.
    package init(parsing body: [UInt8], contentType: String) throws(MessageBodyError) {
        guard let type = ContentType(parsing: contentType), type.essence.hasPrefix("multipart/"),
            let boundary = type.parameter("boundary"), !boundary.isEmpty
        else { throw .noBoundary(contentType: contentType) }
        try self.init(parsing: body, boundary: boundary)
    }

    /// The value of the Content-Type field that such a body is sent with.
    package var contentType: String {
        ContentType("multipart/mixed", [ContentType.Parameter("boundary", boundary)]).description
    }

    package func serialized() -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts {
            bytes += Array("--\(boundary)\r\n".utf8)
            for field in part.fields { bytes += Array("\(field.name): \(field.value)\r\n".utf8) }
            bytes += Array("\r\n".utf8)
            bytes += part.body
            bytes += Array("\r\n".utf8)
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

        init?(_ line: ArraySlice<UInt8>, after delimiter: [UInt8]) {
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
