import MessageBodies
import SIPSyntax

extension MultipartBody.BodyPart {
    /// The message/cpim wrapper that the part is, or that one of its parts is.
    var wrapper: CPIMMessage? {
        let multipart = try? MultipartBody(parsing: body, contentType: contentType)
        let part = (multipart?.leaves ?? [self]).first { $0.essence == "message/cpim" }
        return part.flatMap { try? CPIMMessage(parsing: $0.body) }
    }
}

extension SIPMessage {
    /// What the message tells of messages of this client, one or several at once.
    ///
    /// RFC 5438 §8
    var notifications: [IMDN] {
        let (type, body) = innermost(contentType: first(.contentType) ?? "text/plain", body: body)
        let whole = MultipartBody.BodyPart(contentType: type, body: body)
        let parts = (try? MultipartBody(parsing: body, contentType: type))?.leaves ?? [whole]
        return parts.compactMap { part in
            let (type, body) = innermost(contentType: part.contentType, body: part.body)
            guard ContentType(parsing: type)?.essence == IMDN.mediaType else { return nil }
            return try? IMDN(parsing: body)
        }
    }
}
