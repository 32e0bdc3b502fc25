import Conformance

// Conditions about what servers store.
extension ScenarioLanguage {
    static let storeConditions: [KeyDefinition] = [
        .optional("listed", .mapping(listed), "A list that the client fetches shows so many items."),
        .optional("removed", .mapping(removed), "A deletion removes exactly these items from the list."),
        .optional("retrieved", .mapping(retrieved), "A retrieval brings exactly these texts, each once."),
    ]

    static let listed = MappingDefinition(
        "listed", "A list of stored items, which the client has fetched by XCAP; one that is not there (404) is empty.",
        keys: [
            .required("client", .notation(party), "The client that fetches the list."),
            .required("store", .word(stores), "What is stored."),
            .optional("listing", .notation(ordinal), "Which of the lists fetched: 1 is the first. Without it, any."),
            .optional("after", .mapping(selector), "Only lists fetched after the first of these messages."),
            .required("items", .notation(count), "How many items it has."),
            .optional("from", .notation(party), "The client from which each item is."),
            .optional("to", .notation(party), "The client for which each item is."),
            .optional("name", .text, "The name that one of the items has."),
        ])

    static let removed = MappingDefinition(
        "removed", "What a deletion removes: the difference of the lists fetched before and after it.",
        keys: [
            .required("client", .notation(party), "The client that deletes."),
            .required("store", .word(stores), "What is stored."),
            .required("deletion", .notation(ordinal), "Which deletion of the client: 1 is the first."),
            .required(
                "places", .list(of: .notation(ordinal), atLeast: 1),
                "The places of the items in the list before, the oldest being 1."),
        ])

    static let retrieved = MappingDefinition(
        "retrieved", "What a retrieval brings, no more and no less; of a recorded conversation in this order.",
        keys: [
            .required("client", .notation(party), "The client that retrieves."),
            .required("store", .word(stores), "What is stored."),
            .required("retrieval", .notation(ordinal), "Which retrieval of the client: 1 is the first."),
            .required("texts", .list(of: .verbatim, atLeast: 1), "The texts."),
        ])

    private static let ordinal = Notation(
        "ordinal", "[1-9][0-9]*", expected: "a number from 1", looksLikeNumber: true)
}
