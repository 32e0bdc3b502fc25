/// What a party does in a step.
///
/// Most are the words of the ETS; `compose` and `await` are the message level of conformance cases.
package enum Action: Sendable, Equatable {
    // MARK: Service

    /// Registers with the IM feature tag and publishes its settings; done when both are answered 200.
    case logIn(Settings)
    /// Removes its registration; done when that is answered.
    case logOut
    /// Publishes other settings; done when that is answered 200.
    case changeSettings(Settings)
    /// Does nothing that could be seen on the wire, such as reading a screen.
    case nothing(String)
    /// Stores the document of a group at the XDMS; done when that is answered with success.
    case create(group: String)
    /// Empties the stores of the user at the server; done when they are empty.
    case purge(MessageStore)

    // MARK: Sessions

    /// Invites to a session; done when every invited client that is simulated is alerted.
    case invite(Audience, session: String)
    /// Enters a chat room, under a chat alias where one is given; done when the session is established or refused.
    case join(group: String, alias: String?, session: String)
    /// Enters a session again that it has left; done when the session is established.
    case rejoin(session: String)
    /// Makes a conference of a 1-to-1 session, with its peer and these clients; done when all are alerted.
    case extend(session: String, with: [PartyName], conference: String)
    /// Accepts the pending invitation; done when the session is established at both ends.
    case accept(session: String)
    /// Refuses the pending invitation with 480.
    case decline(session: String)
    /// Sends a text in a session; done when it is acknowledged and every simulated receiver has it.
    case send(text: String, session: String)
    /// Sends a text in a conference to these clients alone; done as `send`.
    case whisper(text: String, session: String, to: [PartyName])
    /// Sends a text in a session that may be over; done when it is clear what becomes of it.
    case attempt(text: String, session: String)
    /// Adds clients to a conference; done when all are alerted.
    case add([PartyName], session: String)
    /// Removes a client from a conference; done when that client's session has ended.
    case expel(PartyName, session: String)
    /// Leaves the session; done when the BYE is answered.
    case leave(session: String)

    // MARK: Messages outside sessions

    /// Sends a pager-mode message; done when it is answered and every simulated receiver that is online has it.
    case page(text: String, to: Audience)
    /// Sends a large message; done as `page`.
    case sendLarge(MediaContent, to: Audience)
    /// Is sent a system message by the server, on the word of its operator; done when the client has it.
    case announce(text: String)

    // MARK: Files

    /// Offers files in a session; done when every receiver that is simulated has been asked.
    case offer([MediaContent], session: String)
    /// Offers files outside a session; done as `offer`.
    case transfer([MediaContent], to: Audience, session: String)
    /// Takes the files that are offered; done when every one of them is complete.
    case take(session: String)
    /// Refuses the files that are offered, and remembers them; done when the offerer knows.
    case refuse(session: String)
    /// Asks for files that were offered before; done when every one of them is complete.
    case request([MediaContent], session: String)

    // MARK: Stored messages and conversations

    /// Reads the list of what is stored; done when it is there.
    case list(MessageStore)
    /// Has stored items delivered; done when the delivery has ended.
    case retrieve(MessageStore, Selection)
    /// Deletes stored items; done when the server has confirmed it and its list is without them.
    case delete(MessageStore, Selection)
    /// Begins to record the conversation of a session; done when the server has confirmed it.
    case record(session: String, name: String)
    /// Ends the recording; done when the server has confirmed it.
    case stopRecording(session: String)
    /// Waits until the client has received these texts and contents, in whatever way.
    case receive(texts: [String], contents: [MediaContent])

    // MARK: The message level

    /// Sends the request as described, outside any dialog; done when it has a final response.
    case compose(ComposedRequest)
    /// Waits until such a message has been received.
    case await(MessageSelector)
}

/// For whom something is.
package enum Audience: Sendable, Hashable {
    /// One client, by its IM Address.
    case client(PartyName)
    /// The clients of a list that goes with the request, by way of the conference factory.
    case list([PartyName])
    /// The members of a group, by its IM Group Identity.
    case group(String)

    /// The clients that are named, without those that a group stands for.
    package var clients: [PartyName] {
        switch self {
        case .client(let client): [client]
        case .list(let clients): clients
        case .group: []
        }
    }
}

/// Where the server keeps something for a user.
package enum MessageStore: String, Sendable, CaseIterable {
    /// Messages that came while the user was offline.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §12
    case deferred
    /// Recorded conversations.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §13
    case history
}

/// Which items of a store are meant.
package enum Selection: Sendable, Hashable {
    case all
    /// The items at these places, counted from 1, of the list that the client has read last, in order of their times.
    case places([Int])
}
