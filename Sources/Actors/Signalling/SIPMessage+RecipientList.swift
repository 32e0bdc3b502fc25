import MessageBodies
import SIPSyntax

extension SIPMessage {
    /// Adds a list of URIs to the body, as the second of two parts.
    ///
    /// RFC 5363 §4; RFC 5365 for MESSAGE, RFC 5366 for INVITE, each with its option tag
    mutating func add(recipients uris: [String], boundary: String) {
        let part = MultipartBody.BodyPart(contentType: first(.contentType) ?? "text/plain", body: body)
        let list = MultipartBody.BodyPart(
            contentType: ResourceLists.mediaType, disposition: .recipientList, body: ResourceLists(uris).serialized())
        let multipart = MultipartBody(boundary: boundary, parts: [part, list])
        set(.contentType, multipart.contentType)
        body = multipart.serialized()
        if method == .invite || method == .message {
            add(.require, method == .invite ? "recipient-list-invite" : "recipient-list-message")
        }
    }
}
