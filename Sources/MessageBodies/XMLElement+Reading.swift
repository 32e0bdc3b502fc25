import XMLTree

extension XMLElement {
    /// The root of a document with one of these names.
    static func root(
        of bytes: [UInt8], _ local: String, in namespaces: String...
    ) throws(XMLBodyError) -> XMLElement {
        let root: XMLElement
        do throws(XMLSyntaxError) {
            root = try XMLDocument(parsing: bytes).root
        } catch {
            throw .notXML(error)
        }
        // The printed examples have a blank in some of their namespaces.
        guard root.name.local == local, let namespace = root.name.namespace,
            namespaces.contains(namespace.filter { $0 != " " })
        else { throw .unexpectedRoot(root.name) }
        return root
    }

    /// The child elements with this local name, in any namespace.
    func all(anyNamespace local: String) -> [XMLElement] {
        elements.filter { $0.name.local == local }
    }

    /// The first child element with this local name, in any namespace.
    func first(anyNamespace local: String) -> XMLElement? {
        elements.first { $0.name.local == local }
    }

    /// The value of the first attribute with this local name, in any namespace or none.
    func attribute(anyNamespace local: String) -> String? {
        attributes.first { $0.name.local == local }?.value.collapsed
    }

    /// The value of an attribute in no namespace, which must be there.
    func required(_ local: String) throws(XMLBodyError) -> String {
        guard let value = attribute(local)?.collapsed else { throw .missing(local, in: name.local) }
        return value
    }

    /// The text of the first child element with this local name, in any namespace; nil when it is missing or empty.
    func text(of local: String) -> String? {
        guard let text = first(anyNamespace: local)?.text.collapsed, !text.isEmpty else { return nil }
        return text
    }

    /// The xs:boolean that the text writes.
    func boolean() throws(XMLBodyError) -> Bool {
        guard let value = Bool(xml: text) else { throw .invalid(text.collapsed, of: name.local) }
        return value
    }
}

extension Bool {
    /// The value of an xs:boolean, in any of its four spellings.
    init?(xml text: String) {
        switch text.collapsed {
        case "true", "1": self = true
        case "false", "0": self = false
        default: return nil
        }
    }
}

extension StringProtocol {
    /// The text without white space at its ends, and with one blank for every other run of it.
    ///
    /// XML Schema Part 2 §4.3.6
    var collapsed: String {
        split { $0 == " " || $0 == "\t" || $0.isNewline }.joined(separator: " ")
    }
}
