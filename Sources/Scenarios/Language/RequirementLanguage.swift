import Conformance

/// The language of the files in which requirements stand.
enum RequirementLanguage {
    static let catalogue = MappingDefinition(
        "catalogue", "The file: requirements of one document.",
        keys: [
            .required("document", .text, "The document in its short name, such as RFC 3261."),
            .required("requirements", .list(of: .mapping(requirement), atLeast: 1), "What the document asks."),
        ])

    static let requirement = MappingDefinition(
        "requirement", "A normative statement.",
        keys: [
            .required(
                "id", .notation(ScenarioLanguage.requirementID), "The document, the clause, and a word that says what."),
            .required("clause", .text, "Where the document asks it."),
            .required("level", .word(levels), "How strongly it asks."),
            .required("statement", .text, "What it asks, in our words."),
        ])

    static let levels = [
        Word(Requirement.Level.shall.rawValue, "it is required"),
        Word(Requirement.Level.should.rawValue, "it is recommended"),
        Word(Requirement.Level.may.rawValue, "it is allowed"),
    ]
}
