import SIPSyntax

/// A recording that begins with its session.
struct RecordingWish {
    let user: String
    /// The name that the user has given.
    var name: String?
    /// The request that has set the session up.
    var invite: SIPMessage?
    var mode = ConversationRecord.Conversation.Mode.session
    var participants: [String] = []
}
