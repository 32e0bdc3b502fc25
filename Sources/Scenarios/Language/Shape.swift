/// What the value of a key may be.
///
/// Loading, the JSON Schema and the reference page are all made from these values.
indirect enum Shape: Sendable {
    /// Any text that is not empty.
    case text
    /// Any text that is not empty, kept with its line ends.
    case verbatim
    /// `true` or `false`.
    case flag
    /// One of these words.
    case word([Word])
    /// Text of a certain form.
    case notation(Notation)
    case list(of: Shape, atLeast: Int)
    case mapping(MappingDefinition)
}

/// A word that stands for itself, and what it means.
struct Word: Sendable {
    let text: String
    let summary: String

    init(_ text: String, _ summary: String) {
        self.text = text
        self.summary = summary
    }
}

/// A form that text must have, as a regular expression that Swift and JSON Schema read alike.
///
/// Sendable although `Regex` is not said to be: one made of a pattern alone has no state that matching alters.
struct Notation: @unchecked Sendable {
    let name: String
    let pattern: String
    /// The expression, whose making costs more than its use.
    private let expression: Regex<AnyRegexOutput>
    /// The form in words, after “expected”.
    let expected: String
    /// Whether a YAML reader that knows numbers would take such text for one.
    let looksLikeNumber: Bool

    init(_ name: String, _ pattern: String, expected: String, looksLikeNumber: Bool = false) {
        guard let expression = try? Regex(pattern) else { preconditionFailure("\(name) is a regular expression") }
        self.name = name
        self.pattern = pattern
        self.expression = expression
        self.expected = expected
        self.looksLikeNumber = looksLikeNumber
    }

    func accepts(_ text: String) -> Bool { text.wholeMatch(of: expression) != nil }
}

/// A key of a mapping: its name, what it takes, whether it must be there, and what it says.
///
/// There is one of each, to which every mapping of a file is held: to hand it on costs no copy.
final class KeyDefinition: Sendable {
    let name: String
    let shape: Shape
    let isRequired: Bool
    /// One sentence.
    let summary: String

    init(name: String, shape: Shape, isRequired: Bool, summary: String) {
        self.name = name
        self.shape = shape
        self.isRequired = isRequired
        self.summary = summary
    }

    static func required(_ name: String, _ shape: Shape, _ summary: String) -> KeyDefinition {
        KeyDefinition(name: name, shape: shape, isRequired: true, summary: summary)
    }

    static func optional(_ name: String, _ shape: Shape, _ summary: String) -> KeyDefinition {
        KeyDefinition(name: name, shape: shape, isRequired: false, summary: summary)
    }
}

/// A mapping: the keys it may have, and the keys of which it has exactly one; one of each, as with the keys.
final class MappingDefinition: Sendable {
    /// Keys of which a mapping has exactly one, such as the verbs of a step.
    struct Choice: Sendable {
        let noun: String
        let keys: [KeyDefinition]
    }

    let name: String
    /// One sentence.
    let summary: String
    let keys: [KeyDefinition]
    let choice: Choice?
    /// What a key is called in complaints.
    let noun: String

    init(
        _ name: String, _ summary: String, keys: [KeyDefinition], choice: Choice? = nil, noun: String = "key"
    ) {
        self.name = name
        self.summary = summary
        self.keys = keys
        self.choice = choice
        self.noun = noun
    }

    var allKeys: [KeyDefinition] { keys + (choice?.keys ?? []) }

    func key(_ name: String) -> KeyDefinition? {
        keys.first { $0.name == name } ?? choice?.keys.first { $0.name == name }
    }
}
