import Actors
import Conformance
import ReferenceServer
import Reporting
import Scenarios

/// `parley list`: the test cases, one a line.
enum ListCommand {
    static let command = Command(
        name: "list", summary: "Show the test cases of the suite.", operands: "[PATTERN…]",
        options: Suite.options + [
            Option("--skip", "PATTERN", "Leave these cases out; may be given several times."),
            Option("--terse", nil, "Print the ids alone."),
            Option("--defects", nil, "Show the names that --defect of “parley run” takes instead."),
        ],
        notes: Patterns.help
    ) { arguments in
        if arguments.has("--defects") {
            Terminal.print(arguments.has("--terse") ? defects.joined(separator: "\n") : defectsInWords)
            return .success
        }
        let suite = try Suite(reading: arguments, choosing: arguments.patterns)
        let cases = try suite.select(arguments)
        guard !cases.isEmpty || !suite.library.errors.isEmpty else {
            suite.complainOfEmptySelection(arguments)
            return .nothing
        }
        if arguments.has("--terse") {
            for testCase in cases { Terminal.print(testCase.id) }
        } else {
            show(cases)
        }
        try suite.refuseErrors()
        return .success
    }

    private static func show(_ cases: [TestCase]) {
        let indent = (cases.map(\.id.columnCount).max() ?? 0) + 2
        for testCase in cases {
            let clients = testCase.equipment.clients.map(\.description).joined(separator: ", ")
            let optional = testCase.isOptional ? " (optional)" : ""
            let text = "\(testCase.title)\(optional) [clients \(clients)]"
            Terminal.print(text.wrapped(after: testCase.id, indent: indent))
        }
    }

    private static var defects: [String] {
        ServerDefect.allCases.map { "server:\($0.rawValue)" } + ClientDefect.allCases.map { "A:\($0.rawValue)" }
    }

    private static var defectsInWords: String {
        func names(_ names: [String]) -> String {
            names.joined(separator: " ").wrapped(indent: 2)
        }
        return """
            Ways to be wrong on purpose, to see that a check can fail:
              parley run --defect server:textAltered
              parley run --defect B:answerPortZero

            Of the embedded server (server:NAME):
            \(names(ServerDefect.allCases.map(\.rawValue)))

            Of a simulated client (A:NAME, B:NAME, …):
            \(names(ClientDefect.allCases.map(\.rawValue)))
            """
    }
}
