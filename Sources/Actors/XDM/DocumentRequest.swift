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

    let usage: ApplicationUsage
    /// The name of the document in the tree of the user.
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

    /// The definition of a group that the user owns.
    static func replacement(of group: GroupDocument, name: String) -> DocumentRequest {
        DocumentRequest(
            usage: .groups, name: name,
            operation: .replace(content: group.serialized(), type: ApplicationUsage.groups.contentType))
    }

    /// The request as it goes to the server at this root.
    func message(to root: Services.XCAPRoot, user: String) -> HTTPMessage {
        let target = XCAPURI(DocumentSelector(usage, .user(user), name: name)).target(root: root.path)
        let fields = [
            HTTPField(.host, root.address.description), HTTPField(.userAgent, ClientFields.version),
            HTTPField(.assertedIdentity, "\"\(user)\""),
        ]
        switch operation {
        case .fetch: return HTTPMessage("GET", target, fields: fields)
        case .replace(let content, let type):
            return HTTPMessage("PUT", target, fields: fields + [HTTPField(.contentType, type)], content: content)
        }
    }
}

/// What became of a request to the document servers.
enum DocumentOutcome: Sendable {
    case answered(HTTPMessage)
    /// There is no final response; the reason is for people.
    case unanswered(reason: String)
}

extension HTTPFieldName {
    /// Who the user is, where the way to the server is trusted.
    static let assertedIdentity = HTTPFieldName("X-XCAP-Asserted-Identity")
}

extension DocumentOutcome {
    /// The list that was asked for, which is empty where there is no document; or why it cannot be had.
    func list() -> Result<StoredItemList, DocumentFailure> {
        switch self {
        case .unanswered(let reason): return .failure(DocumentFailure(reason: reason))
        case .answered(let response) where response.status == 404: return .success(StoredItemList())
        case .answered(let response) where response.status == 200:
            do throws(XMLBodyError) {
                return .success(try StoredItemList(parsing: response.content).inOrderOfTime)
            } catch {
                return .failure(DocumentFailure(reason: "The list cannot be read: \(error)"))
            }
        case .answered(let response): return .failure(DocumentFailure(reason: response.outcome))
        }
    }
}

/// Why a document cannot be had, for people.
struct DocumentFailure: Error, Sendable {
    let reason: String
}

extension HTTPMessage {
    /// The status and reason, for people.
    var outcome: String {
        guard case .response(let status, let reason) = startLine else { return "" }
        return reason.map { "\(status) \($0)" } ?? "\(status)"
    }
}
