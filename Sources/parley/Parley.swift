import Foundation
import Reporting

/// Arguments in, exit status out.
@main
enum Parley {
    static let commands: [Command] = [
        RunCommand.command, JudgeCommand.command, ListCommand.command, ExplainCommand.command, LintCommand.command,
        NewCommand.command, ICSCommand.command, DoctorCommand.command, ServeCommand.command, SelfTestCommand.command,
    ]

    static func main() {
        // Whoever reads the output may stop reading; the run goes on and its report is written.
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        exit(Int32(run(arguments).rawValue))
    }

    private static func run(_ arguments: [String]) -> ExitCode {
        guard let name = arguments.first else {
            Terminal.complain(help, prefix: false)
            return .usage
        }
        if ["--help", "-h", "help"].contains(name) {
            guard name == "help", arguments.count > 1 else {
                Terminal.print(help)
                return .success
            }
            return run([arguments[1], "--help"])
        }
        if name == "--version" {
            Terminal.print("parley \(version)")
            return .success
        }
        guard let command = commands.first(where: { $0.name == name }) else {
            let what = name.hasPrefix("-") ? "option" : "command"
            let known = commands.map(\.name) + ["--help", "--version"]
            Terminal.complain(Arguments.unknown(name, among: known, what: what))
            return .usage
        }
        let rest = Array(arguments.dropFirst())
        if rest.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
            Terminal.print(command.help)
            return .success
        }
        do {
            let arguments = try Arguments(rest, options: command.options)
            if command.operands.isEmpty, let operand = arguments.operands.first {
                throw UsageError("parley \(name) takes options only, not “\(operand)”.")
            }
            return try command.run(arguments)
        } catch let error as UsageError {
            Terminal.complain(error.message)
            if error.concernsArguments {
                Terminal.complain("“parley \(name) --help” shows what it understands.", prefix: false)
            }
            return .usage
        } catch let error as HarnessError {
            Terminal.complain(error.message)
            return .harness
        } catch {
            Terminal.complain("\(error)")
            return .harness
        }
    }

    static let version = "0.1.0"

    private static var help: String {
        let width = (commands.map(\.name.count).max() ?? 0) + 5
        let list = commands.map { $0.summary.wrapped(after: "  " + $0.name, indent: width) }
        return """
            parley \(version): conformance and interoperability tests for OMA instant messaging

            Usage: parley COMMAND [OPTION…] [OPERAND…]

            \(list.joined(separator: "\n"))

            “parley COMMAND --help” explains a command. “parley run” without anything else
            runs the whole suite against the embedded reference server and says where the
            report is.
            """
    }
}

/// Something in the harness or its environment that keeps it from working: exit code 4.
struct HarnessError: Error {
    /// What happened and what to do, in one sentence.
    var message: String

    init(_ message: String) {
        self.message = message
    }
}
