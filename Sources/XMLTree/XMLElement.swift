/// An element with everything inside it, as an immutable value.
///
/// Comments and processing instructions are not part of it.
package struct XMLElement: Sendable {
    package let name: XMLName

    /// The prefix that the document used, or that a written document should use.
    package let prefix: String?
    package let attributes: [XMLAttribute]
    package let children: [XMLNode]

    /// The namespaces that the start tag declares, by prefix; the default namespace has the empty one.
    ///
    /// Names carry their namespaces with them, so these only matter to whoever adds text that relies on them.
    package let declarations: [String: String]

    package init(
        _ name: XMLName, prefix: String? = nil, attributes: [XMLAttribute] = [], children: [XMLNode] = [],
        declarations: [String: String] = [:]
    ) {
        self.name = name
        self.prefix = prefix
        self.attributes = attributes
        self.children = children
        self.declarations = declarations
    }

    /// The same element with something else inside.
    package func with(children: [XMLNode]) -> XMLElement {
        XMLElement(name, prefix: prefix, attributes: attributes, children: children, declarations: declarations)
    }

    /// The same element with other attributes.
    package func with(attributes: [XMLAttribute]) -> XMLElement {
        XMLElement(name, prefix: prefix, attributes: attributes, children: children, declarations: declarations)
    }

    /// The child elements, in document order.
    package var elements: [XMLElement] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// All the text inside, at any depth, in document order.
    package var text: String {
        children.map { node in
            switch node {
            case .element(let element): element.text
            case .text(let text): text
            }
        }.joined()
    }

    /// The child elements of this name, in document order.
    package func all(_ local: String, namespace: String? = nil) -> [XMLElement] {
        elements.filter { $0.name == XMLName(local, namespace: namespace) }
    }

    /// The first child element of this name.
    package func first(_ local: String, namespace: String? = nil) -> XMLElement? {
        elements.first { $0.name == XMLName(local, namespace: namespace) }
    }

    /// The value of an attribute; most attributes are in no namespace.
    package func attribute(_ local: String, namespace: String? = nil) -> String? {
        attributes.first { $0.name == XMLName(local, namespace: namespace) }?.value
    }
}

extension XMLElement: Equatable {
    /// Elements are equal when they are the same but for where namespaces are declared.
    package static func == (first: Self, second: Self) -> Bool {
        first.name == second.name && first.prefix == second.prefix && first.attributes == second.attributes
            && first.children == second.children
    }
}

/// A name and a normalised value.
package struct XMLAttribute: Equatable, Sendable {
    package let name: XMLName
    package let prefix: String?
    package let value: String

    package init(_ name: XMLName, prefix: String? = nil, _ value: String) {
        self.name = name
        self.prefix = prefix
        self.value = value
    }

    /// An attribute in no namespace.
    package init(_ local: String, _ value: String) {
        self.init(XMLName(local), value)
    }
}

/// What an element contains; adjacent text is one node.
package enum XMLNode: Equatable, Sendable {
    case element(XMLElement)
    case text(String)
}

extension XMLElement {
    /// The element alone in UTF-8, with the namespaces that it needs.
    package func serialized() -> [UInt8] {
        var writer = XMLWriter()
        writer.write(self)
        return Array(writer.text.utf8)
    }
}
