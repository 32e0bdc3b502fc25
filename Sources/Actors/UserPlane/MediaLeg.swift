import MSRP

/// The two ends of an MSRP session, as offer and answer have settled them.
struct MediaLeg: Sendable, Equatable {
    let localURI: MSRPURI
    let remotePath: [MSRPURI]
    let role: MSRPSession.Role
    /// The types that this end said it accepts.
    let acceptedTypes: [String]

    /// The session-id of the own URI, by which messages find the session.
    var session: String { localURI.sessionID ?? "" }
}

/// What a procedure asks of the user plane.
enum MediaCommand: Sendable {
    case open(MediaLeg)
    case send(MSRPOutgoing, session: String)
    /// Gives up a message that is not sent completely yet.
    case abort(messageID: String, session: String)
    /// Wants no more of what is arriving.
    case stop(session: String)
    case close(session: String)
}

/// What a procedure hears from the user plane.
enum MediaEvent: Sendable {
    /// Messages can pass.
    case connected
    /// A complete message has arrived.
    case delivered(MSRPIncoming)
    /// Every chunk has been answered 200, or one of them with another status.
    case answered(messageID: String, status: Int)
    /// The peer has told of the delivery of a message, or of a part of it.
    case reported(messageID: String, status: Int)
    /// A report has come with more than a status.
    case enclosed(MSRPIncoming)
    /// The peer has given up a message of its own.
    case abandoned
    /// A chunk was not answered in time, or the connection ended before it was.
    case unanswered(messageID: String)
    /// The connection has ended or could not be opened.
    case closed(reason: String)
}
