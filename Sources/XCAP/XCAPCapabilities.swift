package import XMLTree

/// What a server supports, as a document that all may read.
///
/// RFC 4825 §12
package struct XCAPCapabilities: Equatable, Sendable {
    /// The application usages that it names.
    package var auids: [String]
    package var namespaces: [String]

    package init(auids: [String], namespaces: [String]) {
        self.auids = auids
        self.namespaces = namespaces
    }

    /// What a server supports that serves these usages.
    package init(of usages: [ApplicationUsage]) {
        let namespaces = Set(usages.compactMap(\.root.namespace) + [XCAPConflict.namespace])
        self.init(auids: usages.map(\.rawValue), namespaces: namespaces.sorted())
    }

    /// Reads the document as an answer has it; nil where it is another, or none.
    package init?(parsing content: [UInt8]) {
        guard let document = try? XMLDocument(parsing: content),
            document.root.name == ApplicationUsage.capabilities.root
        else { return nil }
        func texts(_ list: String, _ entry: String) -> [String] {
            let namespace = document.root.name.namespace
            let entries = document.root.first(list, namespace: namespace)?.all(entry, namespace: namespace) ?? []
            return entries.map { $0.text.split(whereSeparator: \.isWhitespace).joined() }
        }
        self.init(auids: texts("auids", "auid"), namespaces: texts("namespaces", "namespace"))
    }

    package var document: XMLDocument {
        let namespace = ApplicationUsage.capabilities.root.namespace
        func element(_ name: String, _ children: [XMLNode]) -> XMLNode {
            .element(XMLElement(XMLName(name, namespace: namespace), children: children))
        }
        let children = [
            element("auids", auids.map { element("auid", [.text($0)]) }), element("extensions", []),
            element("namespaces", namespaces.map { element("namespace", [.text($0)]) }),
        ]
        return XMLDocument(root: XMLElement(ApplicationUsage.capabilities.root, children: children))
    }
}
