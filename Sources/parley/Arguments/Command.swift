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
        var lines = ["Usage: parley \(name) [OPTION…] \(operands)".trimmed, "", summary]
        let all = options + [Self.helpOption]
        lines += ["", "Options:"] + all.flatMap { Self.lines(for: $0) }
        if !notes.isEmpty { lines += ["", notes] }
        return lines.joined(separator: "\n")
    }

    static let helpOption = Option("--help", nil, "Show this help.")

    private static func lines(for option: Option) -> [String] {
        let head = "  " + [option.name, option.placeholder].compactMap(\.self).joined(separator: " ")
        let indent = 30
        var lines: [String] = []
        var line = head.count < indent - 1 ? head.padded(to: indent) : ""
        if line.isEmpty {
            lines.append(head)
            line = "".padded(to: indent)
        }
        for word in option.help.split(separator: " ") {
            if line.count + 1 + word.count > 80 {
                lines.append(line)
                line = "".padded(to: indent)
            }
            line += (line.count > indent ? " " : "") + word
        }
        return lines + [line]
    }
}

extension String {
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
