import Conformance

/// The reference of the language in Markdown, made from its definition.
///
/// It stands in `docs/scenario-language.md`; a test compares the two.
package enum ReferencePage {
    package static let text = """
        \(ScenarioLanguage.mappings.map(section).joined(separator: "\n"))
        ### Notations

        | notation | form | expected |
        |---|---|---|
        \(ScenarioLanguage.notations.map(row).joined(separator: "\n"))

        ### Parts of a message

        Besides header fields, in any letter case, a rule can name these parts: \(parts).

        ### What is refused, and what is frowned on

        | rule | severity | meaning |
        |---|---|---|
        \(LintRule.allCases.map(row).joined(separator: "\n"))

        """

    private static let parts = DissectedPart.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")

    private static func section(_ definition: MappingDefinition) -> String {
        let title = "### \(definition.name)\n\n\(definition.summary)\n"
        guard !definition.allKeys.isEmpty else { return title }
        let head = "\n| key | value | | meaning |\n|---|---|---|---|\n"
        let keys = definition.keys.map { row($0, $0.isRequired ? "required" : "optional") }
        let choice = definition.choice.map { choice in choice.keys.map { row($0, "one \(choice.noun)") } } ?? []
        return title + head + (keys + choice).map { $0 + "\n" }.joined()
    }

    private static func row(_ key: KeyDefinition, _ presence: String) -> String {
        "| `\(key.name)` | \(words(key.shape)) | \(presence) | \(key.summary) |"
    }

    private static func words(_ shape: Shape) -> String {
        switch shape {
        case .text, .verbatim: "text"
        case .flag: "`true` or `false`"
        case .word(let words): words.map { "`\($0.text)` (\($0.summary))" }.joined(separator: ", ")
        case .notation(let notation): notation.name
        case .mapping(let definition): "[\(definition.name)](#\(definition.name.replacing(" ", with: "-")))"
        case .list(let element, _): "list of: " + words(element)
        }
    }

    private static func row(_ notation: Notation) -> String {
        "| \(notation.name) | `\(notation.pattern.replacing("|", with: "\\|"))` | \(notation.expected) |"
    }

    private static func row(_ rule: LintRule) -> String {
        "| `\(rule.rawValue)` | \(rule.severity.rawValue) | \(rule.explanation) |"
    }
}
