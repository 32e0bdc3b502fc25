import Scenarios

/// The arguments of a command, sorted into options and operands.
struct Arguments: Sendable {
    private(set) var operands: [String] = []
    private var values: [String: [String]] = [:]
    private var flags: Set<String> = []

    /// Sorts the arguments; `--name value` and `--name=value` are the same, and `--` ends the options.
    ///
    /// Throws a `UsageError` for an unknown option, with the nearest known one, and for a missing or surplus value.
    init(_ arguments: [String], options: [Option]) throws(UsageError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                operands += rest
                return
            }
            guard argument.hasPrefix("-"), argument != "-" else {
                operands.append(argument)
                continue
            }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard let option = options.first(where: { $0.name == name }) else {
                throw UsageError(Self.unknown(name, among: options.map(\.name), what: "option"))
            }
            let inline = parts.count == 2 ? String(parts[1]) : nil
            if let placeholder = option.placeholder {
                guard let value = inline ?? rest.popFirst() else {
                    throw UsageError("The option \(name) needs a value: \(name) \(placeholder).")
                }
                values[name, default: []].append(value)
            } else {
                guard inline == nil else { throw UsageError("The option \(name) takes no value.") }
                flags.insert(name)
            }
        }
    }

    func has(_ flag: String) -> Bool { flags.contains(flag) }

    /// The value given last for the option.
    func value(_ name: String) -> String? { values[name]?.last }

    func values(_ name: String) -> [String] { values[name] ?? [] }

    /// The whole number given for the option.
    func number(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = value(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            let end = range.upperBound == .max ? "" : " to \(range.upperBound)"
            throw UsageError("The option \(name) takes a whole number from \(range.lowerBound)\(end), not “\(text)”.")
        }
        return number
    }

    /// The value given for the option, which must be one of these words.
    func choice<Value: RawRepresentable & CaseIterable>(
        _ name: String, of type: Value.Type
    ) throws(UsageError) -> Value? where Value.RawValue == String {
        guard let text = value(name) else { return nil }
        guard let choice = Value(rawValue: text) else {
            let words = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageError("The option \(name) takes one of \(words), not “\(text)”.")
        }
        return choice
    }

    /// A sentence that says that a word is unknown, with the nearest known one if there is one near.
    static func unknown(_ word: String, among known: [String], what: String) -> String {
        let beginnings = known.filter { $0.hasPrefix(word) && !word.isEmpty }
        if 1...4 ~= beginnings.count {
            let words = beginnings.map { "“\($0)”" }.joined(separator: " or ")
            return "Unknown \(what) “\(word)”; did you mean \(words)?"
        }
        if let nearest = nearest(to: word, among: known) {
            return "Unknown \(what) “\(word)”; did you mean “\(nearest)”?"
        }
        guard known.count <= 12 else { return "Unknown \(what) “\(word)”." }
        let words = known.isEmpty ? "there are none" : "known are \(known.joined(separator: ", "))"
        return "Unknown \(what) “\(word)”; \(words)."
    }

    /// The known word that the other one was most likely meant to be, or nil when none is near.
    static func nearest(to word: String, among known: [String]) -> String? {
        let distances = known.map { (word: $0, distance: Suggestion.distance(word.lowercased(), $0.lowercased())) }
        guard let nearest = distances.min(by: { $0.distance < $1.distance }) else { return nil }
        return nearest.distance <= max(2, word.count / 3) ? nearest.word : nil
    }
}
