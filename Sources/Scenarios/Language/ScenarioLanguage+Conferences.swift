import Conformance

// Conditions about who takes part in a conference.
extension ScenarioLanguage {
    static let conferenceConditions: [KeyDefinition] = [
        .optional(
            "participants", .mapping(participants),
            "At some moment the conference state at a client shows exactly these clients connected."),
        .optional(
            "participant", .mapping(participant), "The conference state at a client comes to show this of another."),
        .optional(
            "distinct-aliases", .mapping(distinctAliases), "At no moment have two participants the same name or URI."),
        .optional("alias-collision", .mapping(aliasCollision), "What becomes of a join by an alias that is taken."),
        .optional(
            "hidden", .mapping(hidden),
            "The address of a client is in nothing that another one receives of a conference, once the first calls it."),
    ]

    static let participants = MappingDefinition(
        "participants", "Who is connected, as all notifications up to some moment say together.",
        keys: [
            .required("at", .notation(party), "The client that is notified."),
            .required("are", .list(of: .notation(party), atLeast: 1), "The clients that are connected, all of them."),
            .optional("after", .mapping(selector), "Only moments after the first of these messages."),
        ])

    static let participant = MappingDefinition(
        "participant", "How the state of one participant changes.",
        keys: [
            .required("at", .notation(party), "The client that is notified."),
            .required("client", .notation(party), "The client whose state it is."),
            .required("becomes", .word(participantStates), "What it comes to be."),
            .required("after", .mapping(selector), "The message that brings it about."),
        ])

    static let distinctAliases = MappingDefinition(
        "distinct-aliases", "The names in the conference state.",
        keys: [.required("at", .notation(party), "The client that is notified.")])

    static let aliasCollision = MappingDefinition(
        "alias-collision", "A client joins by an alias that another participant has.",
        keys: [
            .required("holder", .notation(party), "The client that has the alias."),
            .required("joiner", .notation(party), "The client that joins by it."),
            .required("alias", .text, "The alias."),
            .required(
                "outcomes", .list(of: .word(collisionOutcomes), atLeast: 1), "What may become of it; one of these."),
        ])

    static let hidden = MappingDefinition(
        "hidden", "A client that stays anonymous.",
        keys: [
            .required("client", .notation(party), "The client whose address must not be seen."),
            .required("from", .notation(party), "The client that must not see it."),
        ])

    private static let participantStates = [
        Word("connected", "it takes part"), Word("disconnected", "it has left, or was never in"),
    ]
    private static let collisionOutcomes = [
        Word("refused", "the INVITE is refused"),
        Word("renamed", "the INVITE is accepted, and the client takes part under another name"),
    ]
}
