/// The JSON Schema of scenario files, made from the definition of the language.
///
/// It checks the form of a file while it is written; the sense of a file only loading can check.
package enum ScenarioSchema {
    /// The schema, as `parley lint --schema` prints it.
    package static let text =
        JSONValue.object(
            [
                ("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
                ("$id", .string("scenario.schema.json")),
                ("title", .string("Parley scenario")),
            ] + members(of: ScenarioLanguage.testCase) + [("$defs", .object(definitions))]
        ).text() + "\n"

    private static var definitions: [(String, JSONValue)] {
        ScenarioLanguage.mappings.dropFirst().map { ($0.schemaName, .object(members(of: $0))) }
            + ScenarioLanguage.notations.map { ($0.schemaName, .object(members(of: $0))) }
            + [
                ("text", .object([("type", scalarTypes), ("pattern", .string("\\S"))])),
                ("flag", .object([("type", .string("boolean"))])),
            ]
    }

    private static let scalarTypes = JSONValue.array([.string("string"), .string("number"), .string("boolean")])

    private static func members(of definition: MappingDefinition) -> [(String, JSONValue)] {
        let properties = definition.allKeys.map { ($0.name, property($0)) }
        var members: [(String, JSONValue)] = [
            ("description", .string(definition.summary)),
            ("type", .string("object")),
            ("properties", .object(properties)),
        ]
        let required = definition.keys.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { members.append(("required", .array(required))) }
        if let choice = definition.choice {
            let alternatives = choice.keys.map { JSONValue.object([("required", .array([.string($0.name)]))]) }
            members.append(("oneOf", .array(alternatives)))
        }
        return members + [("additionalProperties", .bool(false))]
    }

    private static func property(_ key: KeyDefinition) -> JSONValue {
        .object([("description", .string(key.summary))] + schema(key.shape))
    }

    private static func schema(_ shape: Shape) -> [(String, JSONValue)] {
        switch shape {
        case .text, .verbatim: [("$ref", .string("#/$defs/text"))]
        case .flag: [("$ref", .string("#/$defs/flag"))]
        case .word(let words): [("enum", .array(words.map { .string($0.text) }))]
        case .notation(let notation): [("$ref", .string("#/$defs/\(notation.schemaName)"))]
        case .mapping(let definition): [("$ref", .string("#/$defs/\(definition.schemaName)"))]
        case .list(let element, let atLeast):
            [("type", .string("array")), ("items", .object(schema(element)))]
                + (atLeast > 0 ? [("minItems", .integer(atLeast))] : [])
        }
    }

    private static func members(of notation: Notation) -> [(String, JSONValue)] {
        [
            ("description", .string("Expected: \(notation.expected).")),
            ("type", notation.looksLikeNumber ? .array([.string("string"), .string("number")]) : .string("string")),
            ("pattern", .string("^(\(notation.pattern))$")),
        ]
    }
}

extension MappingDefinition {
    fileprivate var schemaName: String { name.replacing(" ", with: "-") }
}

extension Notation {
    fileprivate var schemaName: String { name.replacing(" ", with: "-") }
}
