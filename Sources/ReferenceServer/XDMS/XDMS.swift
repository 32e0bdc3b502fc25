import Bytes
import SIPSyntax
import XCAP
import XMLTree

/// The XML document management servers of the domain, with the documents of all users.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.8 and §13.3.2 write metadata here, §7.2.1.3 and §8.3.1.1 look groups up.
struct XDMS {
    private(set) var documents: [DocumentSelector: StoredDocument] = [:]

    /// The group documents by the canonical URI of their group.
    private var groups: [String: DocumentSelector] = [:]
    private var generator: SeededGenerator

    init(generator: SeededGenerator) {
        self.generator = generator
    }

    /// The document of a user, as bytes.
    func document(auid usage: ApplicationUsage, xui: String, name: String) -> [UInt8]? {
        documents[DocumentSelector(usage, .user(xui), name: name)]?.content
    }

    /// The document that defines a group, as bytes.
    func groupDocument(at uri: String) -> [UInt8]? {
        groups[Self.canonical(uri)].flatMap { documents[$0]?.content }
    }

    /// Writes a document that the server keeps for a user, such as the metadata of his deferred messages.
    mutating func put(serverDocument content: [UInt8], auid usage: ApplicationUsage, xui: String) {
        guard let name = usage.documentName else { preconditionFailure("\(usage) has no document of its own") }
        store(content, at: DocumentSelector(usage, .user(xui), name: name))
    }

    /// Takes a document that exists before anybody writes one.
    mutating func provision(_ content: [UInt8], at selector: DocumentSelector) {
        store(content, at: selector)
    }

    private mutating func store(_ content: [UInt8], at selector: DocumentSelector) {
        remove(selector)
        documents[selector] = StoredDocument(content: content, entityTag: generator.token(length: 12))
        for uri in Self.groupURIs(of: content, at: selector) { groups[uri] = selector }
    }

    private mutating func remove(_ selector: DocumentSelector) {
        guard let removed = documents.removeValue(forKey: selector) else { return }
        for uri in Self.groupURIs(of: removed.content, at: selector) where groups[uri] == selector { groups[uri] = nil }
    }

    /// The canonical URIs of the groups that a document defines.
    private static func groupURIs(of content: [UInt8], at selector: DocumentSelector) -> [String] {
        guard selector.usage == .groups, let root = try? XMLDocument(parsing: content).root else { return [] }
        return root.elements.filter { $0.name.local == "list-service" }.compactMap { $0.attribute("uri") }
            .map(canonical)
    }

    private static func canonical(_ uri: String) -> String { (try? SIPURI(parsing: uri))?.addressOfRecord ?? uri }
}
