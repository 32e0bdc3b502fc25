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

    /// Reads one element as it stands inside a document where these prefixes are declared.
    package static func fragment(
        parsing bytes: [UInt8], declarations: [String: String]
    ) throws(XMLSyntaxError) -> XMLElement {
        let surroundings = XMLName("fragment", namespace: declarations[""].flatMap { $0.isEmpty ? nil : $0 })
        var writer = XMLWriter()
        writer.write(XMLElement(surroundings, children: [.text("")], declarations: declarations))
        // The empty text keeps the tags apart; they take up one line before the fragment.
        let end = Array("</fragment>".utf8)
        let start = Array(writer.text.utf8).dropLast(end.count) + Array("\n".utf8)
        let root: XMLElement
        do throws(XMLSyntaxError) {
            root = try XMLDocument(parsing: start + bytes + end).root
        } catch {
            throw XMLSyntaxError(line: max(0, error.line - 1), column: error.column, message: error.message)
        }
        let text = root.children.contains {
            if case .text(let text) = $0 { !text.allSatisfy(\.isWhitespace) } else { false }
        }
        guard let element = root.elements.first, root.elements.count == 1, !text else {
            throw XMLSyntaxError(line: 1, column: 1, message: "Not one element and nothing else")
        }
        return element
    }

    /// The document in UTF-8, with an XML declaration.
    package func serialized() -> [UInt8] {
        var writer = XMLWriter()
        writer.write(root)
        return Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(writer.text)\n".utf8)
    }
}
