/// What a client remembers of a session that is over: where it was, and the way of its texts.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.9 and §7.1.1.12 (NOTE)
struct DepartedSession: Sendable {
    /// How many sessions are remembered.
    static let capacity = 64

    /// The name of the session.
    let name: String
    /// The conference that may be entered again; nil for a 1-to-1 session.
    let conference: Conference?
    let alias: String?
    /// Who else took part at the end, as far as is known.
    let others: [String]
    let conversation: Conversation?
}
