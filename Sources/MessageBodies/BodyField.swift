import Bytes

/// One header field of a body part, with its value unfolded and trimmed.
///
/// RFC 2045 §3
package struct BodyField: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// The field that a line writes, or nil when it has no colon or nothing before it.
    init?(parsing line: String) {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let name = line[..<colon].trimmed
        guard !name.isEmpty else { return nil }
        self.init(name, line[line.index(after: colon)...].trimmed)
    }
}

extension [BodyField] {
    /// The value of the first field of this name, in any case.
    package func first(_ name: String) -> String? {
        let name = name.lowercased()
        return first { $0.name.lowercased() == name }?.value
    }
}

extension ByteCursor {
    /// Consumes a line and its end, CRLF or a bare LF, and gives the line; nil at the end of the bytes.
    mutating func takeLine() -> ArraySlice<UInt8>? {
        guard !isAtEnd else { return nil }
        let line = take { $0 != .lineFeed }
        _ = take(.lineFeed)
        return line.last == .carriageReturn ? line.dropLast() : line
    }

    /// Consumes lines up to and including an empty one, and gives those before it with folded lines joined.
    ///
    /// - Returns: nil when there is no empty line.
    mutating func takeHeaderLines() -> [String]? {
        // Nothing is read as text before the empty line is there: a later chunk of a picture has none.
        var lines: [ArraySlice<UInt8>] = []
        while let line = takeLine() {
            if line.isEmpty { return Self.unfolded(lines) }
            lines.append(line)
        }
        return nil
    }

    private static func unfolded(_ lines: [ArraySlice<UInt8>]) -> [String] {
        var unfolded: [String] = []
        for line in lines {
            if line.first?.isWhitespace == true, let last = unfolded.popLast() {
                unfolded.append(last + " " + line.drop(while: \.isWhitespace).text)
            } else {
                unfolded.append(line.text)
            }
        }
        return unfolded
    }

    /// Consumes the header fields of a body part and the empty line after them.
    ///
    /// - Returns: nil when the empty line is missing or a line is not a field.
    mutating func takeBodyFields() -> [BodyField]? {
        guard let lines = takeHeaderLines() else { return nil }
        let fields = lines.compactMap(BodyField.init(parsing:))
        return fields.count == lines.count ? fields : nil
    }
}

extension StringProtocol {
    /// The text without blanks and tabs at its ends.
    var trimmed: String {
        let text = Substring(self)
        let bytes = text.utf8
        guard let start = bytes.firstIndex(where: { !$0.isWhitespace }),
            let last = bytes.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[start..<bytes.index(after: last)])
    }
}
