/// What a client tells the stage, so that the agenda moves on; no verdict rests on it.
///
/// An invitation from outside gets a name here (`invitation-1`), which `accept`, `decline`, `send` and `leave` then use.
package enum ClientReport: Sendable, Equatable {
    /// Both REGISTER and PUBLISH were answered with success.
    case loggedIn
    case logInFailed(reason: String)
    case loggedOut
    /// The invited side is alerted (180).
    case ringing(session: String)
    case invited(by: String, session: String)
    /// The session exists for this side: success received and acknowledged, or the acknowledgement received.
    case established(session: String)
    /// The invitation ended with this final response; 408 and 503 also stand for silence and transport failure.
    case declined(session: String, status: Int)
    /// The peer of the MSRP leg answered every chunk of the text with 200.
    case sent(text: String, session: String)
    case sendFailed(text: String, session: String, reason: String)
    /// A complete text arrived, by MSRP in this session or, without one, by SIP MESSAGE.
    case received(text: String, from: String, session: String?)
    case paged(text: String, status: Int)
    case pageFailed(text: String, reason: String)
    /// The composed request got this final response; 408 and 503 also stand for silence and transport failure.
    case answered(method: String, status: Int)
    case ended(session: String, reason: String)
    /// The network said that the server cannot be reached.
    case unreachable(reason: String)
    /// The peer sent something that cannot be understood, or the action made no sense in this state.
    case protocolTrouble(String)
}
