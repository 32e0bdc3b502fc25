import MessageBodies
import SIPSyntax

/// What a REFER to the deletion function wants gone.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.1.3 and §13.1.5 to §13.1.7
enum DeletionRequest: Equatable {
    case allDeferredMessages
    case allConversations
    /// Messages and conversations, each by the URI that it has.
    case items([String])

    /// Extensions that a request may require.
    static let extensions: Set<String> = ["multiple-refer", "norefersub"]

    init(_ request: SIPMessage, in domain: String) throws(Refusal) {
        if let refusal = RequestValidation().refusal(of: request, understanding: Self.extensions) { throw refusal }
        guard let target = (try? request.referTo()) ?? nil else { throw Refusal(400, because: "No Refer-To") }
        if target.uri.lowercased().hasPrefix("cid:") {
            self = .items(try Self.list(in: request, at: target.uri))
            return
        }
        guard let uri = try? SIPURI(parsing: target.uri.withScheme) else {
            throw Refusal(400, because: "Refer-To names nothing that is kept")
        }
        switch ServiceFunction(uri, in: domain) {
        case .deferredMessages?: self = .allDeferredMessages
        case .conversationHistory?: self = .allConversations
        case .conferenceFactory?, .exploder?, .deletion?: throw Refusal(404)
        case nil: self = .items([uri.userAddress])
        }
    }

    /// The URIs in the part that Refer-To points at.
    ///
    /// RFC 5368 §5
    private static func list(in request: SIPMessage, at url: String) throws(Refusal) -> [String] {
        let contentType = request.first(.contentType) ?? ""
        let content: [UInt8]?
        if let body = try? MultipartBody(parsing: request.body, contentType: contentType) {
            content = body.part(at: url)?.body ?? body.first(type: ResourceLists.mediaType)?.body
        } else {
            content = ContentType(parsing: contentType)?.essence == ResourceLists.mediaType ? request.body : nil
        }
        guard let content, let list = try? ResourceLists(parsing: content), !list.entries.isEmpty else {
            throw Refusal(400, because: "No list where Refer-To points")
        }
        return list.entries.map(\.uri.withScheme.canonicalURI)
    }
}
