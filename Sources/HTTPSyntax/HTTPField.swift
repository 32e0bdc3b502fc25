import Bytes

/// A field, kept as the line it is on the wire.
///
/// RFC 9112 §5
package struct HTTPField: Hashable, Sendable {
    /// The bytes of the line without its CRLF.
    package let line: [UInt8]
    /// Where the colon stands, or the length of the line when there is none.
    package let colon: Int

    package init(line: [UInt8]) {
        self.line = line
        colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
    }

    package init(_ name: HTTPFieldName, _ value: String) {
        self.init(line: Array("\(name): \(value)".utf8))
    }

    /// The name as spelled.
    package var spelling: String { line[..<colon].text }

    package var name: HTTPFieldName { HTTPFieldName(spelling) }

    /// The value without the space around it.
    package var value: String { line[min(colon + 1, line.count)...].trimmed.text }

    package func isNamed(_ name: HTTPFieldName) -> Bool { name.matches(line[..<colon]) }
}
