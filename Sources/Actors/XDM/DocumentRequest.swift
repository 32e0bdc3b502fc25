import Conformance
import HTTPSyntax
import MessageBodies
import Network
import XCAP

/// What a procedure asks of the document servers.
///
/// RFC 4825 §7
struct DocumentRequest: Sendable, Equatable {
    enum Operation: Sendable, Equatable {
        case fetch
        case replace(content: [UInt8], type: String)
    }

    /// The trees of documents that a client deals with.
    enum Tree: Sendable, Equatable {
        /// That of all users.
        case global
        /// That of the user.
        case own
    }

    let usage: ApplicationUsage
    var tree = Tree.own
    /// The name of the document in the tree.
    let name: String
    let operation: Operation

    /// The metadata of what is stored for the user.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §12.1.2 and §13.1.4
    static func list(of store: MessageStore) -> DocumentRequest {
        let usage: ApplicationUsage =
            switch store {
            case .deferred: .deferredList
            case .history: .conversationHistory
            }
        return DocumentRequest(usage: usage, name: usage.documentName ?? "index", operation: .fetch)
    }

    /// What the server supports.
    ///
    /// RFC 4825 §12
    static let capabilities = DocumentRequest(usage: .capabilities, tree: .global, name: "index", operation: .fetch)

    /// The lists that the user has made.
    ///
    /// RFC 4826 §3.4
    static let resourceLists = DocumentRequest(usage: .resourceLists, name: "index", operation: .fetch)

    /// The definition of a group that the user owns.
    static func replacement(of group: GroupDocument, name: String) -> DocumentRequest {
        DocumentRequest(
            usage: .groups, name: name,
            operation: .replace(content: group.serialized(), type: ApplicationUsage.groups.contentType))
    }

    /// The request as it goes to the server at this root.
    func message(to root: Services.XCAPRoot, user: String) -> HTTPMessage {
        let tree: DocumentSelector.Tree =
            switch tree {
            case .global: .global
            case .own: .user(user)
            }
        let target = XCAPURI(DocumentSelector(usage, tree, name: name)).target(root: root.path)
        let fields = [
            HTTPField(.host, root.authority), HTTPField(.userAgent, ClientFields.version),
            HTTPField(.assertedIdentity, "\"\(user)\""),
        ]
        switch operation {
        case .fetch: return HTTPMessage("GET", target, fields: fields)
        case .replace(let content, let type):
            return HTTPMessage("PUT", target, fields: fields + [HTTPField(.contentType, type)], content: content)
        }
    }
}

extension HTTPFieldName {
    /// Who the user is, where the way to the server is trusted.
    static let assertedIdentity = HTTPFieldName("X-XCAP-Asserted-Identity")
}
