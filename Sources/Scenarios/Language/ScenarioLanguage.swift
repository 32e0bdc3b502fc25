import Conformance

/// The language of scenario files, from the outside in.
enum ScenarioLanguage {
    static let testCase = MappingDefinition(
        "test case",
        "The file: one test case, row by row as the table of the ETS has it.",
        keys: [
            .required("id", .notation(caseID), "The id of the case, which is also the name of the file."),
            .required("title", .text, "The title of the case."),
            .required("object", .list(of: .word(objects), atLeast: 1), "The test object: who is being tested."),
            .required("description", .text, "What the case verifies."),
            .required("references", .mapping(references), "The references of the table."),
            .required("optional", .flag, "Whether the case includes optional features."),
            .optional("ics", .mapping(claims), "What an ICS must claim for the case to apply (default: nothing)."),
            .optional(
                "not-applicable", .list(of: .mapping(impediment), atLeast: 1),
                "The deviations of a system under which the object of the case cannot be tested (default: none)."),
            .required("equipment", .mapping(equipment), "The parties that the case needs."),
            .required("state", .mapping(state), "What holds before the first step."),
            .required(
                "preamble", .list(of: .mapping(action), atLeast: 0),
                "What brings the state about; a step that does not complete makes the case inconclusive."),
            .required("procedure", .list(of: .mapping(step), atLeast: 1), "The numbered steps of the case."),
            .required(
                "postamble", .list(of: .mapping(action), atLeast: 0),
                "What cleans up; it is gone through even where a step did not complete."),
            .required(
                "criteria", .list(of: .mapping(criterion), atLeast: 1),
                "What the messages seen must show, in any order unless a criterion says otherwise."),
        ])

    static let references = MappingDefinition(
        "references", "Where the case comes from.",
        keys: [
            .required("specification", .list(of: .text, atLeast: 1), "Documents with their sections."),
            .required("scr", .list(of: .text, atLeast: 0), "Static conformance requirements, as the ETS spells them."),
            .required("etr", .list(of: .text, atLeast: 0), "Enabler test requirements."),
        ])

    static let claims = MappingDefinition(
        "set of claims", "The SCR items that the steps and pass criteria of the case make use of, by who is tested.",
        keys: [.optional("server", .list(of: .notation(SCRLanguage.id), atLeast: 1), "Those of a server under test.")]
            + ["A", "B", "C", "D"].map {
                .optional(
                    $0, .list(of: .notation(SCRLanguage.id), atLeast: 1), "Those of a client under test as \($0).")
            })

    static let impediment = MappingDefinition(
        "impediment", "A deviation of a system that keeps the case from being applicable to it.",
        keys: [
            .required("deviation", .word(deviations), "The deviation, as the system is described."),
            .required("because", .text, "Why the object cannot be tested then; the reports give it as the reason."),
        ])

    static let equipment = MappingDefinition(
        "equipment", "The parties of the case.",
        keys: [
            .required("clients", .list(of: .notation(party), atLeast: 1), "The clients by name, A to D."),
            .required("servers", .notation(servers), "How many servers take part."),
            .optional("groups", .list(of: .mapping(group), atLeast: 1), "The groups that the case needs."),
            .optional(
                "contents", .list(of: .mapping(content), atLeast: 1),
                "The pictures and texts that large messages and files consist of."),
        ])

    static let group = MappingDefinition(
        "group", "A group, as its document at the XDMS describes it.",
        keys: [
            .required("name", .text, "The name as the ETS writes it."),
            .optional(
                "members", .list(of: .notation(party), atLeast: 1), "The members; without them it is open to all."),
            .optional(
                "invites-members", .flag, "Whether its members are invited when its session starts (default false)."),
            .optional("anonymity", .flag, "Whether participants may be anonymous or use an alias (default false)."),
            .optional("private-messages", .flag, "Whether messages to single participants are allowed (default true)."),
            .optional(
                "auto-release", .flag, "Whether the session ends when its originator leaves (default false)."),
            .optional("maximum", .notation(maximum), "How many may take part (default: no limit)."),
        ])

    static let content = MappingDefinition(
        "content", "Something to be transferred, which is made to order.",
        keys: [
            .required("name", .notation(fileName), "The name of the file."),
            .required("type", .word(contentTypes), "The media type."),
            .required("size", .notation(size), "The size in bytes; that of a picture is a little above."),
        ])

    static let state = MappingDefinition(
        "state", "The preconditions of the table.",
        keys: [
            .required("mandatory", .list(of: .text, atLeast: 0), "What must hold; the preamble brings it about."),
            .required("optional", .list(of: .text, atLeast: 0), "What the ETS marks as optional; nothing checks it."),
        ])

    static let objects = [
        Word(TestObject.client.rawValue, "the clients"), Word(TestObject.server.rawValue, "the server"),
    ]

    static let caseID = Notation(
        "case id", "[A-Z]+-[0-9]+[.][0-9]+-[a-z]+-[0-9]+", expected: "an id such as IM-2.0-int-101")
    static let party = Notation("client name", "[A-D]", expected: "A, B, C or D")
    static let maximum = Notation(
        "number of participants", "[1-9][0-9]*", expected: "a number from 1", looksLikeNumber: true)
    static let size = Notation(
        "size", "[1-9][0-9]{0,6}", expected: "a number of bytes below 10,000,000", looksLikeNumber: true)
    static let fileName = Notation(
        "file name", "[A-Za-z0-9][A-Za-z0-9_.-]*", expected: "a name without blanks, such as picture.png")
    static let contentTypes = [Word("image/png", "a gray picture"), Word("text/plain", "lines of text")]
    static let servers = Notation("number of servers", "[0-2]", expected: "0, 1 or 2", looksLikeNumber: true)
}
