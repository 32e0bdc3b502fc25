extension ScenarioLanguage {
    static let step = MappingDefinition(
        "step", "A row of the procedure: a client does something.",
        keys: [
            .required(
                "step", .notation(stepNumber), "The number of the step in the ETS; several actions can share one.")
        ] + action.keys + [
            .optional(
                "no-criterion", .text, "Why no criterion belongs to the step, where none does; said once a step.")
        ],
        choice: action.choice)

    static let action = MappingDefinition(
        "action", "A row of the preamble or postamble: as a step, without a number.",
        keys: [
            .required("client", .notation(party), "The client that acts."),
            .optional(
                "alter", .list(of: .mapping(alteration), atLeast: 1),
                "What is wrong on purpose in the messages that the client sends during the step."),
        ],
        choice: .init(noun: "verb", keys: verbs))

    static let logIn = MappingDefinition(
        "log-in", "The IM service settings that the client publishes; what is left out has its default.",
        keys: [
            .optional("bars-sessions", .flag, "Refuses sessions and files (default false)."),
            .optional("bars-pagers", .flag, "Refuses pager-mode and large messages (default false)."),
            .optional("offline-delivery", .flag, "Has stored messages pushed on coming online (default false)."),
            .optional("visible", .flag, "Is seen to be online (default true)."),
            .optional("records-sessions", .flag, "Has sessions recorded (default false)."),
            .optional("records-pagers", .flag, "Has pager-mode and large messages recorded (default false)."),
        ])

    static let composition = MappingDefinition(
        "compose", "A request of the message level; the client fills in what is not said here.",
        keys: [
            .required("method", .notation(method), "The method of the request."),
            .required("client", .notation(party), "The client whose IM Address becomes the Request-URI."),
            .optional("content-type", .text, "The type of the body."),
            .optional("body", .verbatim, "The body; the lines of a block end in CRLF."),
        ])

    static let awaited = MappingDefinition(
        "await", "A message that the client is to receive.",
        keys: [
            .required("received", .notation(messageKind), "The request or response."),
            .optional("carrying", .verbatim, "Text that its innermost body is or contains."),
        ])

    static let alteration = MappingDefinition(
        "alteration", "A change to the messages of one kind that the client sends during the step.",
        keys: [
            .required("message", .notation(alteredMessage), "The method of the request or the status of the response.")
        ],
        choice: .init(
            noun: "change",
            keys: [
                .optional("set", .mapping(fieldValue), "Replaces every occurrence of the field by one, or adds it."),
                .optional("omit", .notation(field), "Leaves the field out."),
                .optional("repeat", .notation(repetitions), "Sends the message this many times."),
                .optional("raw", .verbatim, "Sends this instead; the lines of a block end in CRLF."),
            ]))

    static let fieldValue = MappingDefinition(
        "field value", "A header field with its value.",
        keys: [
            .required("field", .notation(field), "The name of the field."),
            .required("value", .verbatim, "The value, as it goes on the wire."),
        ])

    static let stepNumber = Notation(
        "step number", "[1-9][0-9]*", expected: "a number from 1", looksLikeNumber: true)
    static let session = Notation(
        "session name", "[a-z][a-z0-9-]*", expected: "a name of small letters, digits and hyphens, such as chat")
    static let method = Notation("method", "[A-Z]+", expected: "a method in capitals, such as OPTIONS")
    static let alteredMessage = Notation(
        "altered message", "[A-Z]+|[1-6][0-9][0-9]", expected: "a method such as INVITE or a status such as 200",
        looksLikeNumber: true)
    static let repetitions = Notation(
        "number of repetitions", "[2-9]|[1-9][0-9]", expected: "a number from 2 to 99", looksLikeNumber: true)
}
