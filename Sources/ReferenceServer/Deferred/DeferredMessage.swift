package import MSRP
package import Network
package import SIPSyntax

/// A message that waits for its recipient.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.3
package struct DeferredMessage: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        /// The MESSAGE as it came, whole.
        case page(SIPMessage)
        case large(LargeMessage)
    }

    /// A large message, and what the session that brought it had in its requests.
    package struct LargeMessage: Sendable, Equatable {
        package var invite: SIPMessage
        package var success: SIPMessage
        /// The whole message in one request.
        package var send: MSRPMessage
        /// Nil for a session that has not ended, or not by a BYE of the sender.
        package var bye: SIPMessage?

        package init(invite: SIPMessage, success: SIPMessage, send: MSRPMessage, bye: SIPMessage? = nil) {
            self.invite = invite
            self.success = success
            self.send = send
            self.bye = bye
        }
    }

    /// The URI by which the user asks for the message.
    package let id: String
    package var content: Content
    /// When the whole message had arrived.
    package let received: Instant
    package let expires: Instant

    package init(id: String, content: Content, received: Instant, expires: Instant) {
        self.id = id
        self.content = content
        self.received = received
        self.expires = expires
    }

    /// The request that names the parties and the subject.
    var request: SIPMessage {
        switch content {
        case .page(let request): request
        case .large(let message): message.invite
        }
    }

    /// How much room the message takes.
    var size: Int {
        switch content {
        case .page(let request): request.size
        case .large(let message):
            message.invite.size + message.success.size + (message.send.body?.count ?? 0) + (message.bye?.size ?? 0)
        }
    }

    /// The number of bytes of the message itself.
    var payloadSize: Int {
        switch content {
        case .page(let request): request.body.count
        case .large(let message): message.send.body?.count ?? 0
        }
    }
}

extension SIPMessage {
    /// How much room the message takes.
    var size: Int { fields.reduce(body.count) { $0 + $1.line.count } }
}
