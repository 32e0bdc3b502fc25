import Conformance

/// Holds a tree against the definition of the language and collects everything that does not fit.
struct ShapeChecker {
    private(set) var messages: [LintMessage] = []
    /// What has been accepted so far, by notation: the same few values stand in a file again and again.
    private var accepted: [String: Set<String>] = [:]

    /// Keys that people reach for when they want a scenario to wait.
    private static let sleeps: Set<String> = ["sleep", "wait", "delay", "pause"]
    /// How many keys a complaint lists at most.
    private static let mostNames = 40
    /// How much of a key or a value that is wrong a complaint repeats.
    private static let longestQuotation = 80

    /// What a value belongs to, for the sentences about it.
    struct Subject {
        let key: String
        let isEntry: Bool

        /// The subject at the beginning of a sentence.
        var opening: String { isEntry ? "An entry of “\(key)”" : "“\(key)”" }
    }

    /// Checks the root of a file.
    mutating func check(_ root: YAMLNode, _ definition: MappingDefinition) {
        check(root, .mapping(definition), of: Subject(key: definition.name, isEntry: false))
        guard isFull, let last = messages.last else { return }
        let text = "So much is wrong with the file that the rest is not read"
        messages.append(LintMessage(last.rule, at: last.position, text))
    }

    /// Whether enough is wrong with the file.
    private var isFull: Bool { messages.count >= YAMLDocument.mostMessages }

    private mutating func check(_ node: YAMLNode, _ shape: Shape, of subject: Subject) {
        switch shape {
        case .text:
            guard let (text, _) = scalar(node, of: subject, expected: "text") else { return }
            if text.unicodeScalars.contains(where: { $0.isControl && $0 != "\n" }) {
                refuse(.badValue, node, "\(subject.opening) holds a control character")
            }
        case .verbatim:
            _ = scalar(node, of: subject, expected: "text")
        case .flag:
            guard let (text, style) = scalar(node, of: subject, expected: "true or false") else { return }
            if style != .plain || !["true", "false"].contains(text) {
                refuse(.badValue, node, "“\(Self.quoted(text))” is neither true nor false, as “\(subject.key)” must be")
            }
        case .word(let words):
            checkWord(node, words, of: subject)
        case .notation(let notation):
            checkNotation(node, notation, of: subject)
        case .list(let element, let atLeast):
            guard case .sequence(let nodes) = node.content else {
                return refuseType(node, of: subject, expected: "a list")
            }
            if nodes.count < atLeast {
                let number = atLeast == 1 ? "one entry" : "\(atLeast) entries"
                refuse(.badValue, node, "\(subject.opening) needs at least \(number)")
            }
            for node in nodes where !isFull { check(node, element, of: Subject(key: subject.key, isEntry: true)) }
        case .mapping(let definition):
            guard case .mapping(let entries) = node.content else {
                let mayBeEmpty = definition.choice == nil && !definition.keys.contains(where: \.isRequired)
                return refuseType(
                    node, of: subject, expected: "a mapping", hint: mayBeEmpty ? "; write {} for an empty one" : "")
            }
            check(entries, at: node.position, definition)
        }
    }

    private mutating func check(_ entries: [YAMLEntry], at position: SourcePosition, _ definition: MappingDefinition) {
        var meant: Set<String> = []
        for entry in entries where !isFull {
            guard let key = definition.key(entry.key) else {
                meant.formUnion(refuseKey(entry, definition))
                continue
            }
            check(entry.value, key.shape, of: Subject(key: key.name, isEntry: false))
        }
        for key in definition.keys where key.isRequired && !meant.contains(key.name) {
            if entries.contains(where: { $0.key == key.name }) { continue }
            let text = "This \(definition.name) lacks the key “\(key.name)”: \(key.summary.asClause)"
            messages.append(LintMessage(.missingKey, at: position, text))
        }
        if let choice = definition.choice {
            check(choice, among: entries, meant: meant, at: position, of: definition.name)
        }
    }

    private mutating func check(
        _ choice: MappingDefinition.Choice, among entries: [YAMLEntry], meant: Set<String>,
        at position: SourcePosition, of name: String
    ) {
        let chosen = entries.filter { entry in choice.keys.contains { $0.name == entry.key } }
        if chosen.isEmpty, !choice.keys.contains(where: { meant.contains($0.name) }) {
            let text = "This \(name) lacks its \(choice.noun): \(choice.keys.map(\.name).alternatives)"
            messages.append(LintMessage(.oneOf, at: position, text))
        }
        for extra in chosen.dropFirst() {
            let text = "This \(name) has its \(choice.noun), “\(chosen[0].key)”; “\(extra.key)” is one too many"
            messages.append(LintMessage(.oneOf, at: extra.position, text))
        }
    }

    /// Reports a key that the language does not have.
    ///
    /// - Returns: The keys that may have been meant, whose absence is then not reported as well.
    private mutating func refuseKey(_ entry: YAMLEntry, _ definition: MappingDefinition) -> [String] {
        let names = definition.allKeys.map(\.name)
        if Self.sleeps.contains(entry.key) {
            let text =
                "“\(entry.key)”: a scenario never sleeps; a step begins when the one before it is done, "
                + "and “await” waits for a message"
            messages.append(LintMessage(.sleep, at: entry.position, text))
            return names
        }
        let opening = "Unknown \(definition.noun) “\(Self.quoted(entry.key))” in \(definition.name.withArticle)"
        if let near = Suggestion.nearest(to: entry.key, among: names) {
            messages.append(LintMessage(.unknownKey, at: entry.position, "\(opening); did you mean “\(near)”?"))
            return [near]
        }
        let known = names.isEmpty ? "; it takes none" : "; it takes \(names.joined(separator: ", "))"
        let text = opening + (names.count > Self.mostNames ? "" : known)
        messages.append(LintMessage(.unknownKey, at: entry.position, text))
        return definition.choice?.keys.map(\.name) ?? []
    }

    private static func quoted(_ text: String) -> String {
        text.count > longestQuotation ? text.prefix(longestQuotation) + "…" : text
    }

    private mutating func checkWord(_ node: YAMLNode, _ words: [Word], of subject: Subject) {
        var alternatives: String { words.map(\.text).alternatives }
        guard let (text, _) = scalar(node, of: subject, expected: alternatives) else { return }
        if words.contains(where: { $0.text == text }) { return }
        let hint = Suggestion.hint(for: text, among: words.map(\.text))
        refuse(
            .badValue, node,
            "“\(Self.quoted(text))” is no value of “\(subject.key)”; expected \(alternatives)\(hint)")
    }

    private mutating func checkNotation(_ node: YAMLNode, _ notation: Notation, of subject: Subject) {
        if case .scalar(_, .folded) = node.content {
            return refuse(.badValue, node, "YAML reads > as the start of a text block; expected \(notation.expected)")
        }
        guard let (text, _) = scalar(node, of: subject, expected: notation.expected) else { return }
        if accepted[notation.name]?.contains(text) == true { return }
        if notation.accepts(text) {
            accepted[notation.name, default: []].insert(text)
        } else {
            refuse(
                .badValue, node, "“\(Self.quoted(text))” is no \(notation.name); expected \(notation.expected)")
        }
    }

    /// The text and style of a scalar that is not empty; anything else is reported.
    private mutating func scalar(
        _ node: YAMLNode, of subject: Subject, expected: @autoclosure () -> String
    ) -> (text: String, style: YAMLNode.Style)? {
        guard case .scalar(let text, let style) = node.content else {
            refuseType(node, of: subject, expected: expected())
            return nil
        }
        guard !text.isBlank else {
            refuse(.badValue, node, "\(subject.opening) is empty; expected \(expected())")
            return nil
        }
        return (text, style)
    }

    private mutating func refuseType(
        _ node: YAMLNode, of subject: Subject, expected: String, hint: String = ""
    ) {
        let found =
            switch node.content {
            case .scalar(let text, .plain) where text.isEmpty: "nothing"
            case .scalar: "text"
            case .sequence: "a list"
            case .mapping: "a mapping"
            }
        refuse(.wrongType, node, "\(subject.opening) takes \(expected), and here is \(found)\(hint)")
    }

    private mutating func refuse(_ rule: LintRule, _ node: YAMLNode, _ text: String) {
        messages.append(LintMessage(rule, at: node.position, text))
    }
}

extension [String] {
    /// The words as alternatives: `P, C, W or N`.
    var alternatives: String {
        count < 2 ? joined() : dropLast().joined(separator: ", ") + " or " + self[count - 1]
    }
}

extension String {
    /// Whether it has nothing but white space; most of what has more shows it by its first letter.
    fileprivate var isBlank: Bool {
        if let first = utf8.first, (0x21..<0x7F).contains(first) { return false }
        return allSatisfy(\.isWhitespace)
    }

    /// The sentence as the second half of another: begun small, without its full stop.
    fileprivate var asClause: String {
        let body = hasSuffix(".") ? String(dropLast()) : self
        return body.prefix(1).lowercased() + body.dropFirst()
    }
}

extension Unicode.Scalar {
    /// Whether it is of the general category Cc, without looking that up.
    fileprivate var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}
