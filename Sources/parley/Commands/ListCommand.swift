import Conformance
import Reporting

/// `parley list`: the test cases, one a line.
enum ListCommand {
    static let command = Command(
        name: "list", summary: "Show the test cases of the suite.", operands: "[PATTERN…]",
        options: Suite.options + [
            Option("--skip", "PATTERN", "Leave these cases out; may be given several times."),
            Option("--terse", nil, "Print the ids alone."),
        ],
        notes: Patterns.help
    ) { arguments in
        let cases = try Suite(arguments).select(arguments)
        guard !cases.isEmpty else {
            Terminal.complain("No test case matches.")
            return .nothing
        }
        for testCase in cases {
            if arguments.has("--terse") {
                Terminal.print(testCase.id)
            } else {
                let clients = testCase.equipment.clients.map(\.description).joined(separator: " ")
                let optional = testCase.isOptional ? " (optional)" : ""
                Terminal.print("\(testCase.id)  \(testCase.title)\(optional)  [clients \(clients)]")
            }
        }
        return .success
    }
}
