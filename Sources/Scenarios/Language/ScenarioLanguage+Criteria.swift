import Conformance

extension ScenarioLanguage {
    static let criterion = MappingDefinition(
        "criterion", "Something that the messages seen must show, or must not show.",
        keys: [
            .required("id", .notation(criterionID), "The number of the case, a point, and a number of its own."),
            .required("kind", .word(kinds), "How it bears on the verdicts."),
            .optional("step", .notation(stepNumber), "The step it belongs to; without it, the whole case."),
            .optional(
                "unless", .word(deviations), "Of a system that is described as one that deviates so it decides nothing."
            ),
            .required("title", .text, "What it asks, in one line for people."),
            .required(
                "requirements", .list(of: .notation(requirementID), atLeast: 0),
                "The requirements that it decides, by their ids in the catalogue."),
        ],
        choice: .init(noun: "condition", keys: conditions))

    static let times = KeyDefinition.required(
        "times", .notation(count), "How often: 2, 2-5, \"<4\" or \">2\"; 0 is never.")
    static let mode = KeyDefinition.required("mode", .word(modes), "By which service it travels.")

    static let kinds = [
        Word("P", "a pass criterion of the ETS; decides the interop verdict"),
        Word("C", "a SHALL of the specification; decides the conformance verdict"),
        Word("W", "a SHOULD or an option; a warning, no more"),
        Word("N", "something that must not be seen; decides the interop verdict"),
    ]
    static let deviations = Deviation.allCases.map { Word($0.rawValue, $0.summary) }
    static let modes = [
        Word("session", "MSRP SEND in a session"), Word("pager", "SIP MESSAGE"),
        Word("large", "large message: MSRP in a session of its own"), Word("file", "file transfer"),
        Word("deferred", "from the store of deferred messages"),
        Word("history", "from the store of recorded conversations"),
    ]

    static let criterionID = Notation(
        "criterion id", "[0-9]+[.][0-9]+[a-z]?", expected: "an id such as 101.3 or 101.3a", looksLikeNumber: true)
    static let requirementID = Notation(
        "requirement id", "[A-Z]+[0-9]*-[A-Z0-9][A-Z0-9.]*-[A-Za-z0-9-]+",
        expected: "an id such as TS-5.2.1-feature-tag")
    static let count = Notation(
        "count", "[0-9]+(-[0-9]+)?|[<>][0-9]+", expected: "2, 2-5, \"<4\" or \">2\", the last two in quotes",
        looksLikeNumber: true)
}
