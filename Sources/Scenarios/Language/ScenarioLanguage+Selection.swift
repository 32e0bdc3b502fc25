import Conformance

extension ScenarioLanguage {
    static let selector = MappingDefinition(
        "selector", "Which messages are meant; a SEND that carries nothing never is.",
        keys: [
            seenAt, carrying,
            .optional("where", .list(of: .mapping(rule), atLeast: 1), "Rules that tell these messages from others."),
            dialog,
            .optional("after", .mapping(anchor), "Only what comes after the first of these messages."),
        ],
        choice: direction)

    /// A selector as others name it, which names none itself.
    static let anchor = MappingDefinition(
        "anchor", "Messages by which others are found.",
        keys: [
            seenAt, carrying,
            .optional(
                "where", .list(of: .mapping(plainRule), atLeast: 1), "Rules that tell these messages from others."),
            dialog,
        ],
        choice: direction)

    static let rule = MappingDefinition(
        "rule", "What a field of a message must be.",
        keys: [ruleField],
        choice: .init(
            noun: "matcher",
            keys: plainMatchers + [
                .optional(
                    "same-as", .mapping(relation), "Some occurrence is what that field of one of those messages is."),
                .optional(
                    "other-than", .mapping(relation),
                    "The field is there, and no occurrence is what that field of one of those messages is."),
            ]))

    static let plainRule = MappingDefinition(
        "plain rule", "What a field of a message must be, without regard to other messages.", keys: [ruleField],
        choice: .init(noun: "matcher", keys: plainMatchers))

    static let relation = MappingDefinition(
        "relation", "A field of other messages; addresses are compared as such.",
        keys: [
            .required("field", .notation(field), "The name of the field, as in a rule."),
            .required("of", .mapping(anchor), "The messages that have it."),
        ])

    private static let seenAt = KeyDefinition.required(
        "at", .notation(party), "The client at which the message is seen.")
    private static let carrying = KeyDefinition.optional(
        "carrying", .verbatim, "Text that its innermost body is or contains.")
    private static let dialog = KeyDefinition.optional(
        "dialog", .word(dialogPlaces), "Where an INVITE or SUBSCRIBE stands (default initial); other methods: anywhere."
    )

    private static let direction = MappingDefinition.Choice(
        noun: "direction",
        keys: [
            .optional("sent", .notation(messageKind), "A request or response that the client sends."),
            .optional("received", .notation(messageKind), "A request or response that the client receives."),
        ])

    private static let ruleField = KeyDefinition.required(
        "field", .notation(field),
        "A header field, a part of the message such as sdp.media.port (the parts are listed below), or a header "
            + "field of what is wrapped in it, such as \(wrappedExamples).")

    private static let wrappedExamples = "cpim.From and encapsulated.Call-ID"

    private static let plainMatchers: [KeyDefinition] = [
        .optional("is", .word(presences), "Whether the field is there at all."),
        .optional("equals", .text, "Some occurrence is this text, in any letter case."),
        .optional("not-equals", .text, "The field is there, and no occurrence is this text."),
        .optional("contains", .text, "Some occurrence contains this text, in any letter case."),
        .optional("one-of", .list(of: .text, atLeast: 2), "Some occurrence is one of these texts."),
        .optional("names", .notation(party), "Some occurrence is the IM Address of this client."),
        .optional("names-group", .text, "Some occurrence is the IM Group Identity of this group of the equipment."),
    ]

    static let dialogPlaces = [
        Word("initial", "it opens a dialog"), Word("within", "it belongs to a dialog, such as a re-INVITE"),
    ]
    static let presences = [
        Word("present", "the field is there"), Word("absent", "the field is not there"),
    ]
    static let field = Notation(
        "field name", "[A-Za-z][A-Za-z0-9.-]*", expected: "the name of a header field or of a part of the message")
    static let messageKind = Notation(
        "kind of message", "[A-Z]+|([1-6][0-9][0-9]|[1-6]xx(-[1-6]xx)?) to [A-Z]+",
        expected: "a method such as INVITE, or a response such as 200 to INVITE or 4xx-6xx to INVITE")
}
