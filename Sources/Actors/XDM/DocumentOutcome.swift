import HTTPSyntax
import MessageBodies

/// What became of a request to the document servers.
enum DocumentOutcome: Sendable {
    case answered(HTTPMessage)
    /// There is no final response; the reason is for people.
    case unanswered(reason: String)
    /// The user has logged out before there was one.
    case abandoned
}

extension DocumentOutcome {
    /// The list that was asked for, which is empty where there is no document; or why it cannot be had.
    func list() -> Result<StoredItemList, DocumentFailure> {
        switch self {
        case .unanswered(let reason): return .failure(DocumentFailure(reason: reason))
        case .abandoned: return .failure(DocumentFailure(reason: "The user has logged out"))
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
