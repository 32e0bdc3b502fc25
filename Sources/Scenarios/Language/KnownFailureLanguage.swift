/// The language of the files in which the known failures of a system stand.
enum KnownFailureLanguage {
    static let file = MappingDefinition(
        "known failures", "The file: what is known to fail in a system under test.",
        keys: [
            .required("known-failures", .list(of: .mapping(knownFailure), atLeast: 0), "What fails, and until when.")
        ])

    static let knownFailure = MappingDefinition(
        "known failure", "Findings that fail for a known reason.",
        keys: [
            .required("case", .text, "The id of the test case, in which * stands for anything."),
            .required("finding", .text, "The id of the check or general rule, likewise."),
            .required("reason", .text, "Why it fails, and who sees to it."),
            .required("until", .notation(day), "The last day on which the failure is put up with."),
        ])

    static let day = Notation(
        "day", "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", expected: "a day such as 2027-03-31")
}
