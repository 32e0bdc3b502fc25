package import Conformance

/// What the user of a simulated client does, with every party and group resolved to its URI.
///
/// A session goes by the name of its scenario at whoever begins or joins it, and by that of the report at the invited.
package enum ClientAction: Sendable, Equatable {
    /// Registers with the IM feature tag and publishes the settings.
    case logIn(Settings)
    /// Removes the registration; the publication stays.
    case logOut
    /// Publishes these settings in the place of those before.
    case changeSettings(Settings)
    /// Stores the document of a group that the user owns.
    case createGroup(GroupDescription)
    /// Deletes all that is stored for the user, and makes sure of it.
    case purge(MessageStore)

    /// Invites a user to a 1-to-1 session, users to an ad-hoc conference, or a group to a pre-defined one.
    case invite(Destination, session: String)
    /// Enters the session of the group, under the alias where there is one.
    case join(group: String, alias: String?, session: String)
    /// Enters the session of this name again.
    case rejoin(session: String)
    /// Makes a conference of the 1-to-1 session, with its peer and these users.
    case extend(session: String, with: [String], conference: String)
    /// Accepts the invitation that was reported under this name.
    case accept(session: String)
    /// Refuses the invitation that was reported under this name, with 480.
    case decline(session: String)
    /// Sends to everybody in the session.
    case send(text: String, session: String)
    /// Sends to these participants of a conference alone.
    case whisper(text: String, session: String, to: [String])
    /// Sends in a session that may be over, by force where the client knows better.
    case attempt(text: String, session: String)
    case add([String], session: String)
    case expel(String, session: String)
    /// Ends the session, or cancels its set-up while that is unanswered.
    case leave(session: String)

    case page(text: String, to: Destination)
    case sendLarge(MediaContent, to: Destination)

    /// Offers files in the session.
    case offer([MediaContent], session: String)
    /// Invites to a session that consists of files alone.
    case transfer([MediaContent], to: Destination, session: String)
    /// Accepts the files that were offered last in the session.
    case take(session: String)
    /// Refuses the files that were offered last in the session, and remembers what they were.
    case refuse(session: String)
    /// Asks the peer of the session for files that it has offered before.
    case request([MediaContent], session: String)

    case list(MessageStore)
    case retrieve(MessageStore, Selection)
    case delete(MessageStore, Selection)
    case record(session: String, name: String)
    case stopRecording(session: String)

    /// Sends the request outside any dialog to this IM Address.
    case compose(ComposedRequest, to: String)
    /// Does nothing by itself; the mutations meet what the client composes while it waits.
    case wait
}

/// For whom something is, by URIs.
package enum Destination: Sendable, Hashable {
    case user(String)
    /// The users of a list that goes with the request to the conference factory.
    case users([String])
    /// The members of the group with this IM Group Identity.
    case group(String)
}

/// A group and its members, by URIs.
package struct GroupDescription: Sendable, Equatable {
    package var uri: String
    package var members: [String]
    /// What the group allows; its members are those above.
    package var group: Group

    package init(uri: String, members: [String], group: Group) {
        self.uri = uri
        self.members = members
        self.group = group
    }
}
