import Foundation
import Reporting

/// As much of JSON Schema as the schemas of this project use; a keyword that it does not know is a problem.
///
/// JSON Schema 2020-12, Core and Validation
struct SchemaValidator {
    private let schema: JSONValue
    /// Those that the schema names, compiled once for all values that they are compared with.
    private let expressions: [String: NSRegularExpression]

    init(_ schema: JSONValue) {
        self.schema = schema
        let patterns = Set(Self.patterns(in: schema))
        expressions = Dictionary(
            uniqueKeysWithValues: patterns.compactMap { pattern in
                (try? NSRegularExpression(pattern: pattern)).map { (pattern, $0) }
            })
    }

    private static func patterns(in schema: JSONValue) -> [String] {
        switch schema {
        case .object(let members):
            members.flatMap { member in
                if member.name == "pattern", case .string(let pattern) = member.value { return [pattern] }
                return patterns(in: member.value)
            }
        case .array(let values): values.flatMap(patterns)
        case .null, .bool, .number, .string: []
        }
    }

    /// What is first found wrong with the value, with its place; nil when it satisfies the schema.
    func problem(of value: JSONValue) -> String? { problem(of: value, under: schema) { "" } }

    private func problem(of value: JSONValue, under schema: JSONValue, at path: () -> String) -> String? {
        guard case .object(let keywords) = schema else { return "\(path()): the schema is no object" }
        return keywords.firstResult { problem(of: value, keyword: $0.name, $0.value, in: schema, at: path) }
    }

    private func problem(
        of value: JSONValue, keyword: String, _ rule: JSONValue, in schema: JSONValue, at path: () -> String
    ) -> String? {
        func check(_ holds: Bool) -> String? { holds ? nil : "\(path()): \(keyword)" }
        func satisfied(_ rule: JSONValue) -> Bool { problem(of: value, under: rule, at: path) == nil }
        switch (keyword, rule, value) {
        case ("$schema", _, _), ("$defs", _, _), ("title", _, _), ("description", _, _): return nil
        case ("$ref", .string(let name), _):
            guard let target = self.schema["$defs"]?[String(name.dropFirst("#/$defs/".count))] else {
                return "\(path()): \(name) is not defined"
            }
            return problem(of: value, under: target, at: path)
        case ("type", .string(let type), _): return check(type == Self.type(of: value))
        case ("const", _, _): return check(value == rule)
        case ("enum", .array(let values), _): return check(values.contains(value))
        case ("oneOf", .array(let rules), _): return check(rules.count(where: satisfied) == 1)
        case ("anyOf", .array(let rules), _): return check(rules.contains(where: satisfied))
        case ("not", _, _): return check(!satisfied(rule))
        case ("required", .array(let names), .object(let members)):
            return names.firstResult { name in
                members.contains { .string($0.name) == name } ? nil : "\(path()): \(name) is missing"
            }
        case ("properties", _, .object(let members)):
            return members.firstResult { member in
                rule[member.name].flatMap { problem(of: member.value, under: $0) { "\(path()).\(member.name)" } }
            }
        case ("additionalProperties", .bool(false), .object(let members)):
            let known = schema["properties"]
            return members.firstResult { known?[$0.name] == nil ? "\(path()): \($0.name) is unknown" : nil }
        case ("items", _, .array(let values)):
            return values.indices.firstResult { index in
                problem(of: values[index], under: rule) { "\(path())[\(index)]" }
            }
        case ("minItems", .number(let bound), .array(let values)): return check(values.count >= Int(bound) ?? 0)
        case ("maxItems", .number(let bound), .array(let values)): return check(values.count <= Int(bound) ?? 0)
        case ("minimum", .number(let bound), .number(let number)):
            return check(Int(number) ?? .min >= Int(bound) ?? .max)
        case ("pattern", .string(let pattern), .string(let text)):
            guard let expression = expressions[pattern] else { return "\(path()): the pattern is wrong" }
            return check(expression.firstMatch(in: text, range: NSRange(location: 0, length: text.utf16.count)) != nil)
        case ("required", _, _), ("properties", _, _), ("additionalProperties", _, _), ("items", _, _),
            ("minItems", _, _), ("maxItems", _, _), ("minimum", _, _), ("pattern", _, _):
            return nil
        default: return "\(path()): the keyword \(keyword) is not known"
        }
    }

    private static func type(of value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "boolean"
        case .number(let digits): Int(digits) == nil ? "number" : "integer"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension Sequence {
    /// What comes of the first element of which something comes.
    fileprivate func firstResult<Result>(_ transform: (Element) -> Result?) -> Result? {
        for element in self {
            if let result = transform(element) { return result }
        }
        return nil
    }
}
