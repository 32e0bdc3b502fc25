import XCAP
import XMLTree

/// What the server supports, as a document that all may read.
///
/// RFC 4825 §12
struct XCAPCapabilities {
    let usages: [ApplicationUsage]

    var document: XMLDocument {
        let namespace = ApplicationUsage.capabilities.root.namespace
        func element(_ name: String, _ children: [XMLNode]) -> XMLNode {
            .element(XMLElement(XMLName(name, namespace: namespace), children: children))
        }
        let namespaces = Set(usages.compactMap(\.root.namespace) + [XCAPConflict.namespace])
        let children = [
            element("auids", usages.map { element("auid", [.text($0.rawValue)]) }), element("extensions", []),
            element("namespaces", namespaces.sorted().map { element("namespace", [.text($0)]) }),
        ]
        return XMLDocument(root: XMLElement(ApplicationUsage.capabilities.root, children: children))
    }
}
