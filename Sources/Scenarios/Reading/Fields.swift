import Conformance

/// A mapping that has been checked against its definition, read by key.
///
/// To ask for a key that the definition lacks, or for a required one as if it were optional, is our own mistake.
struct Fields {
    let node: YAMLNode
    private let definition: MappingDefinition

    init(_ node: YAMLNode, _ definition: MappingDefinition) {
        self.node = node
        self.definition = definition
    }

    /// Whether the definition knows the key.
    func has(_ key: String) -> Bool { definition.key(key) != nil }

    /// The value of a key that may be absent.
    func optional(_ key: String) -> YAMLNode? {
        precondition(definition.key(key) != nil, "A \(definition.name) has no “\(key)”")
        return node.entry(key)?.value
    }

    /// The value of a key that must be there.
    func required(_ key: String) -> YAMLNode {
        guard let value = optional(key) else { preconditionFailure("“\(key)” was checked to be there") }
        return value
    }

    /// The keys that are there, with their values, in the order of the file.
    var entries: [YAMLEntry] {
        guard case .mapping(let entries) = node.content else { preconditionFailure("The node was checked") }
        return entries
    }

    func text(_ key: String) -> String { required(key).text }

    func list(_ key: String) -> [YAMLNode] { optional(key)?.elements ?? [] }

    func texts(_ key: String) -> [String] { list(key).map(\.text) }

    func flag(_ key: String, default fallback: Bool) -> Bool { optional(key).map { $0.text == "true" } ?? fallback }

    /// The mapping under the key.
    func fields(_ key: String) -> Fields {
        guard case .mapping(let inner) = definition.key(key)?.shape else {
            preconditionFailure("“\(key)” is a mapping")
        }
        return Fields(required(key), inner)
    }

    /// The mappings in the list under the key.
    func mappings(_ key: String) -> [Fields] {
        guard case .list(.mapping(let inner), _) = definition.key(key)?.shape else {
            preconditionFailure("“\(key)” is a list of mappings")
        }
        return list(key).map { Fields($0, inner) }
    }

    /// The key of which the mapping has exactly one.
    var choice: String {
        guard let key = definition.choice?.keys.first(where: { node.entry($0.name) != nil }) else {
            preconditionFailure("A \(definition.name) was checked to have its choice")
        }
        return key.name
    }
}

extension YAMLNode {
    /// The text of a scalar; blanks at the ends of a block do not count.
    var text: String {
        switch content {
        case .scalar(let text, .literal), .scalar(let text, .folded):
            String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
        case .scalar(let text, _): text
        case .sequence, .mapping: preconditionFailure("The node was checked to be a scalar")
        }
    }

    /// The text of a scalar with its line ends; those of a block become CRLF.
    var verbatim: String {
        switch content {
        case .scalar(let text, .literal):
            text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        case .scalar(let text, _): text
        case .sequence, .mapping: preconditionFailure("The node was checked to be a scalar")
        }
    }

    fileprivate var elements: [YAMLNode] {
        guard case .sequence(let elements) = content else { preconditionFailure("The node was checked to be a list") }
        return elements
    }
}
