package import Conformance

/// What a client tells the stage, so that the agenda moves on; no verdict rests on it.
///
/// An invitation from outside gets a name here (`invitation-1`), which the actions of its user then use.
package enum ClientReport: Sendable, Equatable {
    /// The REGISTER was answered with success, and what the user set differs from the usual only if the PUBLISH was, too.
    case loggedIn
    case logInFailed(reason: String)
    case loggedOut
    /// A PUBLISH of other settings was answered with success.
    case settingsPublished
    /// A PUBLISH was refused, that of the usual settings also on logging in, which goes on.
    case settingsRefused(reason: String)
    case groupCreated(uri: String)
    case groupRefused(uri: String, reason: String)
    /// Nothing is stored for the user any more.
    case purged(MessageStore)
    case purgeFailed(MessageStore, reason: String)

    /// The invited side is alerted (180).
    case ringing(session: String)
    /// An invitation to a session awaits its user; large messages are accepted by the client itself.
    case invited(by: String, session: String)
    /// The session exists for this side: success received and acknowledged, or the acknowledgement received.
    case established(session: String)
    /// The invitation ended with this final response; 408 and 503 also stand for silence and transport failure.
    case declined(session: String, status: Int)
    /// The conference state shows so many connected participants; in turn for each notification that changes it.
    case participants(Int, session: String, knowsItself: Bool)
    /// The conference state cannot be had, so that nobody needs to wait for it.
    case unsubscribed(session: String, reason: String)
    /// A REFER that adds or expels got this final response.
    case referred(session: String, status: Int)
    /// The peer of the MSRP leg answered every chunk of the text with 200.
    case sent(text: String, session: String)
    case sendFailed(text: String, session: String, reason: String)
    /// What became of a text that was only to be tried.
    case attempted(text: String, session: String, outcome: String)
    /// A complete text arrived: by MSRP in this session or, without one, by SIP MESSAGE or out of a store.
    case received(text: String, from: String, session: String?)
    /// Somebody in the session is writing a text; told once until the text comes or the writing ends.
    case composing(by: String, session: String)
    case ended(session: String, reason: String)
    /// The server itself told the user something, to be shown apart from messages of users: a text, or where it is.
    case announced(text: String, from: String)

    case paged(text: String, status: Int)
    /// What became of a text or a content at one of its receivers: `delivered`, `failed`, or an MSRP status.
    case deliveryReported(of: String, by: String, outcome: String)
    case pageFailed(text: String, reason: String)

    /// A large message or file has gone out whole, and every chunk of it was answered 200.
    case contentSent(name: String)
    case contentFailed(name: String, reason: String)
    /// A large message or file has come in whole: that of this name, or without one that has these bytes.
    case contentReceived(name: String?, bytes: [UInt8], session: String?)
    /// Files are offered in a session that exists; the user takes or refuses them.
    case filesOffered(names: [String], session: String)
    /// The peer has refused so many of the files that were offered to it or asked of it.
    case filesRefused(names: [String], session: String)

    case listed(MessageStore, count: Int)
    case listFailed(MessageStore, reason: String)
    /// The delivery that was asked for has ended.
    case retrieved(MessageStore)
    case retrievalFailed(MessageStore, reason: String)
    /// The list shows that what was to be deleted is deleted.
    case deleted(MessageStore)
    case deletionFailed(MessageStore, reason: String)
    case recording(session: String)
    case recordingEnded(session: String)
    case recordingFailed(session: String, reason: String)

    /// The composed request got this final response; 408 and 503 also stand for silence and transport failure.
    case answered(method: String, status: Int)
    /// The server does not take what the client proves by who it is where connections are secured.
    case refused(reason: String)
    /// The network said that the server cannot be reached.
    case unreachable(reason: String)
    /// The peer sent something that cannot be understood, or the action made no sense in this state.
    case protocolTrouble(String)
}
