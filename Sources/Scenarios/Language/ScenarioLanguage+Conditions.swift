import Conformance

extension ScenarioLanguage {
    static let conditions: [KeyDefinition] =
        [
            .optional(
                "invited", .mapping(invited), "The client receives so many distinct invitations from the inviter."),
            .optional(
                "established", .mapping(established),
                "The INVITE is answered 2xx and acknowledged, at both ends; in a conference each with the focus."),
            .optional(
                "answered", .mapping(answered),
                "The SDP answer has a port that is not 0, a path, and accept-types within those offered."),
            .optional("received", .mapping(received), "The client receives it so many times, each complete."),
            .optional("acknowledged", .mapping(acknowledged), "The request that carries it is answered with success."),
            .optional("message", .mapping(message), "So many messages are seen, and each satisfies the rules."),
            .optional("order", .mapping(order), "No message of the second kind comes before one of the first."),
        ] + conferenceConditions + storeConditions

    static let invited = MappingDefinition(
        "invited", "Invitations at a client.",
        keys: [
            .required("client", .notation(party), "The client that is invited."),
            .required("by", .notation(party), "The client that invites."),
            .optional("group", .text, "The group that the invitation identifies, in place of the client that invites."),
            times,
        ])

    static let established = MappingDefinition(
        "established", "A session that came about.",
        keys: [
            .required("inviter", .notation(party), "The client that invited."),
            .required("invited", .notation(party), "The client that was invited."),
        ])

    static let answered = MappingDefinition(
        "answered", "An SDP answer.",
        keys: [.required("by", .notation(party), "The client that answers.")])

    static let received = MappingDefinition(
        "received", "A text or content at its receiver.",
        keys: [
            .required("client", .notation(party), "The client that receives."),
            .required("from", .notation(party), "The client that the message identifies as sender."),
            .optional("alias", .text, "The alias by which the receiver must know the sender."),
            mode, times,
        ],
        choice: carried)

    static let acknowledged = MappingDefinition(
        "acknowledged", "A text or content at its sender.",
        keys: [
            .required("client", .notation(party), "The client that sent it."),
            mode,
            .optional("times", .notation(count), "How often it was sent so; without it, at least once."),
        ],
        choice: carried)

    static let carried = MappingDefinition.Choice(
        noun: "content",
        keys: [
            .optional("text", .verbatim, "The text, compared byte by byte after unwrapping."),
            .optional("content", .text, "The name of a content of the equipment, compared in size, hash and type."),
        ])

    static let message = MappingDefinition(
        "message", "Messages, and the rules for each of them.",
        keys: selector.keys + [
            times,
            .optional("must", .list(of: .mapping(rule), atLeast: 1), "Rules that each message must satisfy."),
            .optional("should", .list(of: .mapping(rule), atLeast: 1), "Rules whose breach is a warning."),
        ],
        choice: selector.choice)

    static let order = MappingDefinition(
        "order", "Two kinds of message of which one comes first.",
        keys: [
            .required("first", .mapping(selector), "The message that comes first."),
            .required("second", .mapping(selector), "The message that does not come before it."),
            .optional("of-first", .word(precedences), "How many of the first kind must have come (default one)."),
        ])

    static let precedences = [
        Word("one", "the first of them"), Word("all", "every one of them"),
    ]
}
