import Bytes
import MessageBodies

/// The innermost body of a message, after unwrapping message/cpim and leaving away the list of recipients.
package struct Payload: Sendable, Hashable {
    package var contentType: String
    package var bytes: [UInt8]

    package var text: String { bytes.text }

    /// The first forty characters.
    var beginning: Substring { bytes.prefix(400).text.prefix(40) }
}

extension Payload {
    init?(_ content: MessageContent) {
        let (type, body) = content.body
        guard !body.isEmpty else { return nil }
        let inner = UnwrappedBody(contentType: type ?? "", body: body)
        self.init(contentType: inner.contentType, bytes: inner.bytes)
    }
}
