import Bytes

extension HTTPMessage {
    /// The value of the first field of this name.
    package func first(_ name: HTTPFieldName) -> String? { fields.first { $0.isNamed(name) }?.value }

    /// The values of all fields of this name, one a line of the wire.
    package func all(_ name: HTTPFieldName) -> [String] { fields.filter { $0.isNamed(name) }.map(\.value) }

    /// The elements of a list that may be spread over several lines.
    ///
    /// RFC 9110 §5.6.1; a comma inside a quoted string separates nothing.
    package func list(_ name: HTTPFieldName) -> [String] {
        all(name).flatMap { value in
            var elements: [[UInt8]] = [[]]
            var isQuoted = false
            var isEscaped = false
            for byte in value.utf8 {
                if byte == UInt8(ascii: ","), !isQuoted {
                    elements.append([])
                    continue
                }
                if byte == .doubleQuote, !isEscaped { isQuoted.toggle() }
                isEscaped = isQuoted && !isEscaped && byte == UInt8(ascii: "\\")
                elements[elements.count - 1].append(byte)
            }
            return elements.map { $0[...].trimmed }.filter { !$0.isEmpty }.map(\.text)
        }
    }

    /// Removes every field of the name and puts this one at the end.
    package mutating func set(_ name: HTTPFieldName, _ value: String) {
        fields.removeAll { $0.isNamed(name) }
        fields.append(HTTPField(name, value))
    }

    /// The media type of the content in lower case, without parameters.
    package var mediaType: String? {
        first(.contentType).map { $0.utf8.prefix { $0 != UInt8(ascii: ";") } }.map { Array($0)[...].trimmed }
            .map { $0.map(\.lowercased).text }
    }

    /// Whether the connection ends after this message, as far as the message says.
    ///
    /// RFC 9112 §9.3
    package var closesConnection: Bool {
        let options = Set(list(.connection).map { $0.lowercased() })
        if options.contains("close") { return true }
        return version != "HTTP/1.1" && !options.contains("keep-alive")
    }

    /// Whether the sender waits for a 100 before it sends the content.
    ///
    /// RFC 9110 §10.1.1
    package var awaitsContinue: Bool {
        version == "HTTP/1.1" && list(.expect).contains { $0.lowercased() == "100-continue" }
    }

    var isChunked: Bool {
        let codings = list(.transferEncoding)
        return codings.count == 1 && codings[0].lowercased() == "chunked"
    }
}
