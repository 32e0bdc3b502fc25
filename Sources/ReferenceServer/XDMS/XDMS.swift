import MessageBodies
import SIPSyntax
import XCAP
import XMLTree

/// The XML document management servers of the domain, with the documents of all users.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.8 and §13.3.2 write metadata here, §7.2.1.3 and §8.3.1.1 look groups up.
struct XDMS {
    let domain: String
    /// The path of the XCAP root.
    let root: String
    let limits: ReferenceServer.Limits
    private(set) var documents: [DocumentSelector: StoredDocument] = [:]

    /// The group documents by the canonical URI of their group.
    private var groups: [String: DocumentSelector] = [:]
    private var size = 0

    init(domain: String, root: String, limits: ReferenceServer.Limits) {
        self.domain = domain
        self.root = root
        self.limits = limits
        let capabilities = XCAPCapabilities(of: ApplicationUsage.allCases).document.serialized()
        store(capabilities, at: DocumentSelector(.capabilities, .global, name: "index"))
    }

    /// The document of a user, as bytes.
    func document(auid usage: ApplicationUsage, xui: String, name: String) -> [UInt8]? {
        documents[DocumentSelector(usage, .user(xui), name: name).canonical]?.content
    }

    /// The group that has this URI, as its document defines it.
    func group(at uri: String) -> GroupDocument? {
        groupDocument(at: uri).flatMap { try? GroupDocument(parsing: $0) }
    }

    /// The document that defines a group, as bytes.
    func groupDocument(at uri: String) -> [UInt8]? {
        groupSelector(at: uri).flatMap { documents[$0]?.content }
    }

    /// Where the document is that defines a group.
    func groupSelector(at uri: String) -> DocumentSelector? { groups[uri.canonicalURI] }

    /// Writes a document that the server keeps for a user, such as the metadata of his deferred messages.
    mutating func put(serverDocument content: [UInt8], auid usage: ApplicationUsage, xui: String) {
        guard let name = usage.documentName else { preconditionFailure("\(usage) has no document of its own") }
        store(content, at: DocumentSelector(usage, .user(xui), name: name).canonical)
    }

    /// Takes a document that exists before anybody writes one.
    mutating func provision(_ content: [UInt8], at selector: DocumentSelector) {
        store(content, at: selector.canonical)
    }

    /// Whether there is room for a document in the place of what is there now.
    func isRoom(for content: [UInt8], at selector: DocumentSelector) -> Bool {
        let present = documents[selector]
        let others = documents.keys.count { $0.usage == selector.usage && $0.tree == selector.tree }
        return present != nil || others < limits.documentsPerUser && documents.count < limits.documents
            ? size - (present?.content.count ?? 0) + content.count <= limits.documentBytes : false
    }

    mutating func store(_ content: [UInt8], at selector: DocumentSelector) {
        remove(selector)
        documents[selector] = StoredDocument(content)
        size += content.count
        if let uri = Self.groupURI(of: content, at: selector) { groups[uri] = selector }
    }

    mutating func remove(_ selector: DocumentSelector) {
        guard let removed = documents.removeValue(forKey: selector) else { return }
        size -= removed.content.count
        if let uri = Self.groupURI(of: removed.content, at: selector), groups[uri] == selector { groups[uri] = nil }
    }

    private static func groupURI(of content: [UInt8], at selector: DocumentSelector) -> String? {
        guard selector.usage == .groups else { return nil }
        return (try? GroupDocument(parsing: content))?.uri.canonicalURI
    }
}

extension DocumentSelector {
    /// The selector by which the document is stored, whichever way the XUI is written.
    var canonical: DocumentSelector {
        guard case .user(let user) = tree else { return self }
        return DocumentSelector(usage, .user(user.canonicalURI), name: name)
    }
}
