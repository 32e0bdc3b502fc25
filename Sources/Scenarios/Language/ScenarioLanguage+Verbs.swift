import Conformance

extension ScenarioLanguage {
    static let verbs: [KeyDefinition] = [
        .optional("log-in", .mapping(logIn), "Registers and publishes the settings; done when both are answered 200."),
        .optional("log-out", .mapping(nothing), "Removes the registration; done when that is answered."),
        .optional(
            "change-settings", .mapping(logIn), "Publishes other settings while logged in; done when that is answered."),
        .optional(
            "nothing", .text, "Does nothing that the wire would show; says what, in words after the client's name."),
        .optional("create", .mapping(groupOnly), "Stores the document of a group; done when that is confirmed."),
        .optional("purge", .mapping(storeOnly), "Empties a store of the client's user; done when it is empty."),
        .optional("invite", .mapping(invitation), "Invites to a session; done when the invited clients are alerted."),
        .optional("join", .mapping(joining), "Enters the session of a group; done when it is admitted or refused."),
        .optional("rejoin", .mapping(sessionOnly), "Enters a session again that the client has left."),
        .optional(
            "extend", .mapping(conferenceExtension),
            "Makes a conference of a 1-to-1 session; done when the others are alerted."),
        .optional("accept", .mapping(sessionOnly), "Accepts the invitation; done when the session stands."),
        .optional("decline", .mapping(sessionOnly), "Refuses the invitation with 480."),
        .optional("send", .mapping(sending), "Sends a text in a session; done when it has arrived."),
        .optional(
            "attempt", .mapping(attempt), "Sends a text in a session that may be over; done when its fate is clear."),
        .optional("add", .mapping(addition), "Adds clients to a conference; done when they are alerted."),
        .optional("expel", .mapping(expulsion), "Removes a client from a conference; done when its session has ended."),
        .optional("leave", .mapping(sessionOnly), "Leaves the session; done when the BYE is answered."),
        .optional("page", .mapping(page), "Sends a pager-mode message; done when it is answered and has arrived."),
        .optional("send-large", .mapping(largeMessage), "Sends a large message; done when it has arrived."),
        .optional(
            "announcement", .mapping(announcement),
            "Is sent a system message by the server, on the word of its operator; done when it has arrived."),
        .optional("offer-files", .mapping(offer), "Offers files in a session; done when the others have been asked."),
        .optional(
            "send-files", .mapping(transfer), "Offers files outside any session; done when the others are alerted."),
        .optional("accept-files", .mapping(sessionOnly), "Accepts the files on offer; done when they have arrived."),
        .optional("refuse-files", .mapping(sessionOnly), "Refuses the files on offer; done when the other side knows."),
        .optional(
            "request-files", .mapping(offer), "Asks for files that were offered before; done when they have arrived."),
        .optional("list", .mapping(storeOnly), "Reads the list of what is stored; done when it is there."),
        .optional("retrieve", .mapping(selection), "Has stored items delivered; done when the delivery has ended."),
        .optional("delete", .mapping(selection), "Deletes stored items; done when the list is without them."),
        .optional(
            "start-recording", .mapping(recording), "Starts to record a session; done when the server has confirmed it."
        ),
        .optional(
            "stop-recording", .mapping(sessionOnly), "Ends the recording; done when the server has confirmed it."),
        .optional("receive", .mapping(receiving), "Waits until these have arrived, in whatever way."),
        .optional(
            "compose", .mapping(composition), "Sends a request outside any dialog; done when it has a final response."),
        .optional("await", .mapping(awaited), "Waits until such a message has been received."),
    ]

    static let nothing = MappingDefinition("log-out", "Nothing more is to be said: write {}.", keys: [])

    static let groupOnly = MappingDefinition(
        "create", "The group that is meant.",
        keys: [.required("group", .text, "The name of the group in the equipment.")])

    static let storeOnly = MappingDefinition(
        "store", "The store that is meant.",
        keys: [.required("store", .word(stores), "What is stored.")])

    static let stores = [
        Word(MessageStore.deferred.rawValue, "messages that came while the user was offline"),
        Word(MessageStore.history.rawValue, "recorded conversations"),
    ]

    /// For whom something is: one of three keys.
    static let audience = MappingDefinition.Choice(
        noun: "audience",
        keys: [
            .optional("client", .notation(party), "The one client it is for."),
            .optional("clients", .list(of: .notation(party), atLeast: 1), "The clients of a list, as an ad-hoc group."),
            .optional("group", .text, "The group of the equipment it is for."),
        ])

    static let invitation = MappingDefinition(
        "invite", "An invitation: of one client to a 1-to-1 session, of several or a group to a conference.",
        keys: [.required("session", .notation(session), "A name by which later steps mean this session.")],
        choice: audience)

    static let joining = MappingDefinition(
        "join", "A session that the client enters of its own accord.",
        keys: [
            .required("group", .text, "The group of the equipment, such as a chat room."),
            .optional("alias", .text, "The chat alias under which the client enters; without it, its own name."),
            .required("session", .notation(session), "The session; whoever joins first gives it its name."),
        ])

    static let conferenceExtension = MappingDefinition(
        "extend", "A 1-to-1 session that becomes a conference.",
        keys: [
            .required("session", .notation(session), "The 1-to-1 session."),
            .required("clients", .list(of: .notation(party), atLeast: 1), "The clients that come in addition."),
            .required("conference", .notation(session), "A name by which later steps mean the conference."),
        ])

    static let sessionOnly = MappingDefinition(
        "session", "The session that is meant.",
        keys: [.required("session", .notation(session), "The name that the invitation gave the session.")])

    static let sending = MappingDefinition(
        "send", "A message in a session.",
        keys: [
            .required("text", .verbatim, "The text, to the byte."),
            .required("session", .notation(session), "The name that the invitation gave the session."),
            .optional(
                "privately", .list(of: .notation(party), atLeast: 1),
                "The participants of a conference that alone receive it: a private message."),
        ])

    static let attempt = MappingDefinition(
        "attempt", "A message in a session that may be over.",
        keys: [
            .required("text", .verbatim, "The text, to the byte."),
            .required("session", .notation(session), "The name that the invitation gave the session."),
        ])

    static let addition = MappingDefinition(
        "add", "Clients that come into a conference.",
        keys: [
            .required("clients", .list(of: .notation(party), atLeast: 1), "The clients that are added."),
            .required("session", .notation(session), "The conference."),
        ])

    static let expulsion = MappingDefinition(
        "expel", "A client that is removed from a conference.",
        keys: [
            .required("client", .notation(party), "The client that is removed."),
            .required("session", .notation(session), "The conference."),
        ])

    static let page = MappingDefinition(
        "page", "A message outside any session.",
        keys: [.required("text", .verbatim, "The text, to the byte.")], choice: audience)

    static let largeMessage = MappingDefinition(
        "send-large", "A large message.",
        keys: [.required("content", .text, "The content of the equipment that is sent.")], choice: audience)

    static let announcement = MappingDefinition(
        "announcement", "A system message.", keys: [.required("text", .verbatim, "The text, to the byte.")])

    static let offer = MappingDefinition(
        "offer-files", "Files in a session.",
        keys: [
            .required("contents", .list(of: .text, atLeast: 1), "The contents of the equipment that are meant."),
            .required("session", .notation(session), "The session."),
        ])

    static let transfer = MappingDefinition(
        "send-files", "Files outside any session.",
        keys: [
            .required("contents", .list(of: .text, atLeast: 1), "The contents of the equipment that are meant."),
            .required("session", .notation(session), "A name by which later steps mean the transfer."),
        ], choice: audience)

    static let selection = MappingDefinition(
        "selection", "Items of a store: all of them, unless places are given.",
        keys: [
            .required("store", .word(stores), "What is stored."),
            .optional(
                "places", .list(of: .notation(stepNumber), atLeast: 1),
                "The places of the items in the list read last, in the order of their times, from 1."),
        ])

    static let recording = MappingDefinition(
        "start-recording", "A recording of a session.",
        keys: [
            .required("session", .notation(session), "The session that is recorded."),
            .required("name", .text, "The name of the recording."),
        ])

    static let receiving = MappingDefinition(
        "receive", "What is to arrive; at least one of the two.",
        keys: [
            .optional("texts", .list(of: .verbatim, atLeast: 1), "Texts, to the byte."),
            .optional("contents", .list(of: .text, atLeast: 1), "Contents of the equipment."),
        ])
}
