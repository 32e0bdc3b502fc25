import MessageBodies

/// What the procedures around one session tell each other.
enum SessionNews: Sendable {
    // MARK: From the subscription to the session

    /// The conference state has changed.
    case roster(ConferenceRoster)
    /// The conference state cannot be had, or no longer.
    case unobservable

    // MARK: From the session to the subscription

    /// The user leaves the conference.
    case left
    /// The conference has ended, or goes on without the user.
    case released

    // MARK: From the client to the session

    /// Another session has taken the name of this one, whose end is nobody's business.
    case superseded
}
