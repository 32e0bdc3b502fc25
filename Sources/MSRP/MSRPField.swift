import Bytes

/// A header field, kept as the line it is on the wire.
///
/// RFC 4975 §9
package struct MSRPField: Hashable, Sendable {
    /// The bytes of the line without its CRLF.
    package let line: [UInt8]
    /// Where the colon stands, or the length of the line when there is none.
    package let colon: Int

    /// The field that the line holds; a line without a colon is a field with no value.
    package init(line: [UInt8]) {
        self.line = line
        colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
    }

    package init(_ name: MSRPFieldName, _ value: String) {
        self.init(line: Array("\(name): \(value)".utf8))
    }

    /// The name as spelled.
    package var spelling: String { line[..<colon].text }

    package var name: MSRPFieldName { MSRPFieldName(spelling) }

    /// The bytes after the colon.
    package var rawValue: ArraySlice<UInt8> { line[min(colon + 1, line.count)...] }

    /// The value without the space around it.
    package var value: String { rawValue.trimmed.text }

    package func isNamed(_ name: MSRPFieldName) -> Bool { name.matches(line[..<colon]) }
}

extension ArraySlice<UInt8> {
    /// The bytes without the spaces and tabs at either end.
    var trimmed: ArraySlice<UInt8> {
        var slice = self
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return slice
    }

    /// The runs of bytes between single spaces or runs of spaces.
    var words: [ArraySlice<UInt8>] { split(whereSeparator: \.isWhitespace) }
}
