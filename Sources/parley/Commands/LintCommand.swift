import Reporting
import Scenarios

/// `parley lint`: what is wrong with scenario files, before anything runs.
enum LintCommand {
    static let command = Command(
        name: "lint", summary: "Check scenario and requirement files.", operands: "",
        options: Suite.options + [
            Option("--schema", nil, "Print the JSON Schema of scenario files, for editors, and do nothing else.")
        ],
        notes: "Errors and warnings come as file:line:column. Any error gives exit code 2."
    ) { arguments in
        if arguments.has("--schema") {
            Terminal.print(ScenarioSchema.text)
            return .success
        }
        let suite = try Suite(reading: arguments)
        for message in suite.library.messages { Terminal.print(message.description) }
        let errors = suite.library.errors.count
        let warnings = suite.library.messages.count - errors
        let files = suite.library.entries.count
        Terminal.print(
            "\(plural(files, "scenario")) without error; \(plural(errors, "error")), \(plural(warnings, "warning")).")
        return errors == 0 ? .success : .usage
    }
}
