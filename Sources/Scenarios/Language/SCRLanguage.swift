import Conformance

/// The language of the files in which items of static conformance stand.
enum SCRLanguage {
    static let tables = MappingDefinition(
        "tables", "The file: the items of static conformance of one document.",
        keys: [
            .required("document", .text, "The document in its short name, such as OMA-TS-SIMPLE_IM-V1_0."),
            .required("groups", .list(of: .mapping(group), atLeast: 1), "The tables."),
            .optional(
                "undefined", .list(of: .mapping(undefined), atLeast: 1),
                "The names that requirements use and no table has."),
        ])

    static let group = MappingDefinition(
        "table", "A table of items.",
        keys: [
            .required("clause", .text, "Where the table is."),
            .required("title", .text, "What its items are about, in our words."),
            .required("role", .word(roles), "Whose items they are."),
            .required("items", .list(of: .mapping(item), atLeast: 1), "The rows."),
        ])

    static let item = MappingDefinition(
        "item", "A row of a table.",
        keys: [
            .required("id", .notation(id), "The name of the item, without a letter for its status."),
            .required("title", .text, "What it is about, in our words."),
            .required("clause", .text, "Where it is specified."),
            .required("status", .word(statuses), "Whether it must be had."),
            .optional("requires", .notation(id), "The item without which it cannot be had."),
        ])

    static let undefined = MappingDefinition(
        "undefined name", "A name that no table has.",
        keys: [
            .required("id", .notation(id), "The name."),
            .optional("read-as", .notation(id), "The item that is meant; without one the name asks nothing."),
            .required("because", .text, "Why it is read so."),
        ])

    static let roles = [
        Word(Role.client.rawValue, "an IM client"), Word(Role.server.rawValue, "an IM server"),
    ]

    static let statuses = [
        Word(SCRItem.Status.mandatory.rawValue, "it must be had"),
        Word(SCRItem.Status.optional.rawValue, "it may be had"),
    ]

    static let id = Notation(
        "SCR item", "IMSpec-[A-Z]+-[CS]-[0-9]+", expected: "an item such as IMSpec-SMM-C-001")
}
