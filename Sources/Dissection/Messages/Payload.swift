import MSRP
import MessageBodies
import SIPSyntax

/// The innermost body of a message, after unwrapping message/cpim.
package struct Payload: Sendable, Hashable {
    package var contentType: String
    package var bytes: [UInt8]

    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension Payload {
    init?(_ content: DissectedMessage.Content) {
        let (type, body) = content.body
        guard !body.isEmpty else { return nil }
        let inner = innermost(contentType: type ?? "", body: body)
        self.init(contentType: inner.contentType, bytes: inner.body)
    }
}

extension DissectedMessage.Content {
    /// The content type and the body as the message has them; the body is empty where there is none.
    var body: (contentType: String?, bytes: [UInt8]) {
        switch self {
        case .sip(let message): (message.first(.contentType), message.body)
        case .msrp(let message): (message.contentType, message.body ?? [])
        case .unreadable, .incomplete: (nil, [])
        }
    }
}
