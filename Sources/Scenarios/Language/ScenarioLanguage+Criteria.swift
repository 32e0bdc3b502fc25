import Conformance

extension ScenarioLanguage {
    static let criterion = MappingDefinition(
        "criterion", "Something that the messages seen must show, or must not show.",
        keys: [
            .required("id", .notation(criterionID), "The number of the case, a point, and a number of its own."),
            .required("kind", .word(kinds), "How it bears on the verdicts."),
            .optional("step", .notation(stepNumber), "The step it belongs to; without it, the whole case."),
            .required("title", .text, "What it asks, in one line for people."),
            .required(
                "requirements", .list(of: .notation(requirementID), atLeast: 0),
                "The requirements that it decides, by their ids in the catalogue."),
        ],
        choice: .init(noun: "condition", keys: conditions))

    static let conditions: [KeyDefinition] = [
        .optional("invited", .mapping(invited), "The client receives so many distinct invitations from the inviter."),
        .optional("established", .mapping(established), "The INVITE is answered 2xx and acknowledged, at both ends."),
        .optional(
            "answered", .mapping(answered),
            "The SDP answer has a port that is not 0, a path, and accept-types within those offered."),
        .optional("received", .mapping(received), "The client receives the text so many times, each complete."),
        .optional("acknowledged", .mapping(acknowledged), "The request that carries it is answered with success."),
        .optional("message", .mapping(message), "So many messages are seen, and each satisfies the rules."),
        .optional("order", .mapping(order), "No message of the second kind comes before one of the first."),
    ]

    static let invited = MappingDefinition(
        "invited", "Invitations at a client.",
        keys: [
            .required("client", .notation(party), "The client that is invited."),
            .required("by", .notation(party), "The client that the invitation identifies as inviter."),
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
        "received", "A text at its receiver.",
        keys: [
            .required("client", .notation(party), "The client that receives."),
            .required("text", .verbatim, "The text, compared byte by byte after unwrapping."),
            .required("from", .notation(party), "The client that the message identifies as sender."),
            mode, times,
        ])

    static let acknowledged = MappingDefinition(
        "acknowledged", "A text at its sender.",
        keys: [
            .required("client", .notation(party), "The client that sent it."),
            .required("text", .verbatim, "The text."),
            mode,
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
        ])

    static let selector = MappingDefinition(
        "selector", "Which messages are meant.",
        keys: [
            .required("at", .notation(party), "The client at which the message is seen."),
            .optional("carrying", .verbatim, "Text that its innermost body is or contains."),
        ],
        choice: .init(
            noun: "direction",
            keys: [
                .optional("sent", .notation(messageKind), "A request or response that the client sends."),
                .optional("received", .notation(messageKind), "A request or response that the client receives."),
            ]))

    static let rule = MappingDefinition(
        "rule", "What a field of a message must be.",
        keys: [
            .required(
                "field", .notation(field),
                "A header field, or one of \(DissectedPart.allCases.map(\.rawValue).joined(separator: ", ")).")
        ],
        choice: .init(
            noun: "matcher",
            keys: [
                .optional("is", .word(presences), "Whether the field is there at all."),
                .optional("equals", .text, "Some occurrence is this text, in any letter case."),
                .optional("contains", .text, "Some occurrence contains this text, in any letter case."),
                .optional("one-of", .list(of: .text, atLeast: 2), "Some occurrence is one of these texts."),
            ]))

    static let times = KeyDefinition.required(
        "times", .notation(count), "How often: 2, 2-5, \"<4\" or \">2\"; 0 is never.")
    static let mode = KeyDefinition.required("mode", .word(modes), "In a session or as a pager-mode message.")

    static let kinds = [
        Word("P", "a pass criterion of the ETS; decides the interop verdict"),
        Word("C", "a SHALL of the specification; decides the conformance verdict"),
        Word("W", "a SHOULD or an option; a warning, no more"),
        Word("N", "something that must not be seen; decides the interop verdict"),
    ]
    static let modes = [
        Word("session", "MSRP SEND in a session"), Word("pager", "SIP MESSAGE"),
    ]
    static let presences = [
        Word("present", "the field is there"), Word("absent", "the field is not there"),
    ]

    static let criterionID = Notation(
        "criterion id", "[0-9]+[.][0-9]+[a-z]?", expected: "an id such as 101.3 or 101.3a", looksLikeNumber: true)
    static let requirementID = Notation(
        "requirement id", "[A-Z]+[0-9]*-[A-Z0-9][A-Z0-9.]*-[A-Za-z0-9-]+",
        expected: "an id such as TS-5.2.1-feature-tag")
    static let count = Notation(
        "count", "[0-9]+(-[0-9]+)?|[<>][0-9]+", expected: "2, 2-5, \"<4\" or \">2\", the last two in quotes",
        looksLikeNumber: true)
    static let messageKind = Notation(
        "kind of message", "[A-Z]+|([1-6][0-9][0-9]|[1-6]xx(-[1-6]xx)?) to [A-Z]+",
        expected: "a method such as INVITE, or a response such as 200 to INVITE or 4xx-6xx to INVITE")
    static let field = Notation(
        "field name", "[A-Za-z][A-Za-z0-9.-]*", expected: "the name of a header field or of a part of the message")
}
