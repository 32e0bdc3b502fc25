import Reporting

/// A command of the program: what it is called, what its help says, and what it does.
struct Command: Sendable {
    var name: String
    var summary: String
    /// The operands, as the usage line shows them.
    var operands: String
    var options: [Option]
    /// What the help says after the options; examples, mostly.
    var notes: String
    var run: @Sendable (Arguments) throws -> ExitCode

    /// The help of the command, within 80 columns.
    var help: String {
        let usage = ["Usage: parley", name, "[OPTION…]", operands].filter { !$0.isEmpty }.joined(separator: " ")
        var lines = [usage, "", summary, "", "Options:"]
        lines += (options + [Self.helpOption]).map(Self.text)
        if !notes.isEmpty { lines += ["", notes] }
        return lines.joined(separator: "\n")
    }

    private static let helpOption = Option("--help", nil, "Show this help.")

    private static func text(of option: Option) -> String {
        let head = "  " + [option.name, option.placeholder].compactMap(\.self).joined(separator: " ")
        return option.help.wrapped(after: head, indent: 29)
    }
}
