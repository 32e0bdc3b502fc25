/// A well-formed, namespace-well-formed document without a document type declaration.
///
/// XML 1.0 §2.1; a DTD is refused, so that no entity beyond the five predefined ones can exist.
package struct XMLDocument: Equatable, Sendable {
    /// The largest text that is read, in bytes.
    package static let maximumSize = 1 << 20

    /// How deep elements may nest.
    package static let maximumDepth = 64

    package let root: XMLElement

    package init(root: XMLElement) {
        self.root = root
    }

    /// Reads a document; nothing outside these bytes is ever looked at.
    package init(parsing bytes: [UInt8]) throws(XMLSyntaxError) {
        guard bytes.count <= Self.maximumSize else {
            throw XMLSyntaxError(line: 0, column: 0, message: "Larger than \(Self.maximumSize) bytes")
        }
        if let offset = bytes.firstIndex(of: 0) {
            let before = bytes[..<offset]
            let line = before.count { $0 == 0x0A } + 1
            let column = offset - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
            throw XMLSyntaxError(line: line, column: column, message: "NUL is not a character of XML")
        }
        root = try XMLParser(maximumDepth: Self.maximumDepth).parse(bytes)
    }

    /// The document in UTF-8, with an XML declaration.
    package func serialized() -> [UInt8] {
        var writer = XMLWriter()
        writer.write(root)
        return Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(writer.text)\n".utf8)
    }
}
