import Conformance

/// The language of the files that say what a product supports (ICS).
enum StatementLanguage {
    /// The language where these are the items.
    static func statement(of tables: SCRTables) -> MappingDefinition {
        MappingDefinition(
            "statement", "The file: what a product supports, item by item (ICS).",
            keys: [
                .required("product", .text, "What the statement is about."),
                .required("version", .text, "The version of the product."),
                .required("date", .notation(KnownFailureLanguage.day), "The day of the statement."),
                .optional("author", .text, "Who answers for it."),
                .required("roles", .list(of: .word(SCRLanguage.roles), atLeast: 1), "What the product is."),
                .optional(
                    "all-mandatory", .word(answers),
                    "Whether every mandatory item of the roles is claimed that is not denied below (default no)."),
                .optional("items", .mapping(items(of: tables)), "What is claimed; an item that is not named is not."),
            ])
    }

    private static func items(of tables: SCRTables) -> MappingDefinition {
        MappingDefinition(
            "statement", "The items, each with an answer.",
            keys: tables.items.map { .optional($0.id.description, .word(answers), $0.title + ".") }, noun: "item")
    }

    /// The answer that claims an item.
    static let yes = "yes"

    private static let answers = [Word(yes, "it is claimed"), Word("no", "it is not")]
}
