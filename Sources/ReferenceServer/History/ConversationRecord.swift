package import MSRP
package import Network
package import SIPSyntax

/// A message or a conversation that is kept because a user has wanted it.
///
/// OMA-TS-SIMPLE_IM-V1_0 §13.2.3
package struct ConversationRecord: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        /// A MESSAGE that the user has sent or received.
        case page(SIPMessage)
        /// A large message that the user has sent or received.
        case large(LargeMessage)
        case conversation(Conversation)
    }

    package struct LargeMessage: Sendable, Equatable {
        package var invite: SIPMessage
        package var send: MSRPMessage

        package init(invite: SIPMessage, send: MSRPMessage) {
            self.invite = invite
            self.send = send
        }
    }

    /// A session, or a part of it.
    package struct Conversation: Sendable, Equatable {
        package enum Mode: Sendable, Equatable {
            case session
            /// What the session carries becomes records of their own when it ends.
            case largeMessage
        }

        package var mode = Mode.session
        /// The name that the user has given.
        package var name: String?
        /// What set the session up, as far as the user could see it.
        package var invite: SIPMessage?
        /// The group that the session was of.
        package var group: String?
        package var participants: [String]
        package var messages: [RecordedMessage] = []
        /// When the recording ended; nil while it goes on.
        package var end: Instant?

        package init(
            mode: Mode = .session, name: String? = nil, invite: SIPMessage? = nil, group: String? = nil,
            participants: [String]
        ) {
            self.mode = mode
            self.name = name
            self.invite = invite
            self.group = group
            self.participants = participants
        }
    }

    /// The URI by which the user asks for the record.
    package let reference: String
    package var content: Content
    /// When the message came, or the recording began.
    package let start: Instant

    package init(reference: String, content: Content, start: Instant) {
        self.reference = reference
        self.content = content
        self.start = start
    }

    /// How much room the record takes.
    var size: Int {
        switch content {
        case .page(let request): request.size
        case .large(let message): message.invite.size + message.send.size
        case .conversation(let conversation):
            conversation.messages.reduce(512 + (conversation.invite?.size ?? 0)) { $0 + $1.send.size }
        }
    }

    /// When the latest of it came.
    var latest: Instant {
        switch content {
        case .page, .large: start
        case .conversation(let conversation): conversation.messages.last?.time ?? start
        }
    }

    /// Since when nothing more is added to it; nil while a recording goes on.
    var end: Instant? {
        switch content {
        case .page, .large: start
        case .conversation(let conversation): conversation.end
        }
    }

    /// Whether nothing more is added to it.
    var isComplete: Bool { end != nil }
}

/// One request of a conversation, as it was received.
package struct RecordedMessage: Sendable, Equatable {
    package let send: MSRPMessage
    package let time: Instant

    package init(send: MSRPMessage, time: Instant) {
        self.send = send
        self.time = time
    }
}

extension MSRPMessage {
    /// How much room the message takes.
    var size: Int { fields.reduce(body?.count ?? 0) { $0 + $1.line.count } }
}
