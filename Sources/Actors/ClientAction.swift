package import Conformance

/// What the user of a simulated client does, with every party resolved to an IM Address.
package enum ClientAction: Sendable, Equatable {
    /// Registers with the IM feature tag and publishes the settings.
    case logIn(Settings)
    /// Removes the registration; the publication stays.
    case logOut
    /// Invites to a 1-to-1 session, which goes by this name at this client from then on.
    case invite(imAddress: String, session: String)
    /// Accepts the invitation that was reported under this name.
    case accept(session: String)
    /// Refuses the invitation that was reported under this name, with 480.
    case decline(session: String)
    case send(text: String, session: String)
    /// Ends the session, or cancels its set-up while that is unanswered.
    case leave(session: String)
    case page(text: String, to: String)
    /// Sends the request outside any dialog to this IM Address.
    case compose(ComposedRequest, to: String)
    /// Does nothing by itself; the mutations meet what the client composes while it waits.
    case wait
}
