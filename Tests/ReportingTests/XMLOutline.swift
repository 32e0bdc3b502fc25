import Foundation
import FoundationXML

/// An XML document as a tree of elements, read by a parser that is not ours.
final class XMLOutline: NSObject, XMLParserDelegate {
    struct Element {
        var name: String
        var attributes: [String: String]
        var text = ""
        var children: [Element] = []

        /// This element and all below it, in the order of the document.
        var all: [Element] { [self] + children.flatMap(\.all) }

        func all(_ name: String) -> [Element] { all.filter { $0.name == name } }
    }

    struct NotWellFormed: Error, CustomStringConvertible {
        var description: String
    }

    private var open: [Element] = []
    private var root: Element?

    /// The root of the document.
    static func root(of bytes: [UInt8]) throws -> Element {
        let outline = XMLOutline()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = outline
        guard parser.parse(), let root = outline.root else {
            throw NotWellFormed(
                description: "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "no root")")
        }
        return root
    }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        open.append(Element(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        guard let last = open.indices.last else { return }
        open[last].text += text
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        guard let element = open.popLast() else { return }
        if let last = open.indices.last { open[last].children.append(element) } else { root = element }
    }
}
