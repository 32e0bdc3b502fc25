import Conformance
import Network
import Reporting
import Scenarios

/// `parley ics`: the statement of what a product supports, begun and checked.
enum ICSCommand {
    static let command = Command(
        name: "ics", summary: "Begin or check a statement of what a product supports (ICS).",
        operands: "new NAME | check NAME|FILE",
        options: Suite.options + [
            Option("--role", "ROLE", "With new: server (default) or client; may be given twice.")
        ],
        notes: """
            “new” writes fixtures/systems/NAME/ics.yaml, with a line for every SCR item of
            the role: those of OMA-TS-SIMPLE_IM-V1_0 Appendix B, and what the ETS alone
            names. “parley run --sut NAME” plays the cases whose items are claimed; the
            others are Not Applicable.

            “check” tells which mandatory items are not claimed, which claims lack what
            they require, and which cases apply.

            Exit status: 0 all is well, 1 something mandatory or required is not claimed,
            2 usage, or the file cannot be used, 4 it cannot be written.

            Examples:
              parley ics new example
              parley ics new handset --role client
              parley ics check example
            """
    ) { arguments in
        let operands = arguments.operands
        switch (operands.first, operands.count) {
        case ("new", 2): return try write(operands[1], arguments)
        case ("check", 2):
            guard arguments.values("--role").isEmpty else {
                throw UsageError("The statement itself says its roles; leave --role out.")
            }
            return try check(operands[1], arguments)
        default: throw UsageError("Say what is to be done: parley ics new NAME, or parley ics check NAME|FILE.")
        }
    }

    private static func write(_ name: String, _ arguments: Arguments) throws -> ExitCode {
        var roles: [Role] = []
        for text in arguments.values("--role") {
            guard let role = Role(rawValue: text) else {
                throw UsageError("The option --role takes one of server, client, not “\(text)”.")
            }
            if !roles.contains(role) { roles.append(role) }
        }
        let folder = try SystemFolder.path(of: name)
        let library = try Suite(arguments).library
        let text = StatementTemplate.statement(
            of: name, roles: roles.isEmpty ? [.server] : roles, tables: library.tables,
            today: CivilTime(Instant.now).date)
        try SystemFolder.write([("\(folder)/ics.yaml", text)])
        Terminal.print("Written: \(folder)/ics.yaml.")
        Terminal.print("Next: say in it what is true, then parley ics check \(name).")
        return .success
    }

    private static func check(_ name: String, _ arguments: Arguments) throws -> ExitCode {
        let candidates = [name, "\(name)/ics.yaml", "\(SystemFolder.home)/\(name)/ics.yaml"]
        guard let path = candidates.first(where: SystemFolder.isFile) else {
            throw UsageError(
                input: "There is no ICS “\(name)” here or in “\(SystemFolder.home)”; “parley ics new NAME” writes one "
                    + "to begin with.")
        }
        let library = try Suite(arguments).library
        let file = try StatementSource(reading: path, tables: library.tables).file
        for message in file.messages + file.shortfalls.map(LintMessage.init) { Terminal.print(message.description) }
        guard let statement = file.statement else {
            Terminal.print("The statement cannot be used until that is mended.")
            return .usage
        }
        let counts = statement.roles.map { role in
            let items = library.tables.items.filter { $0.role == role }
            let claimed = items.count { statement.claims.contains($0.id) }
            return "\(claimed) of \(items.count) items of a \(role.rawValue)"
        }
        let summary = "\(statement.title): claims \(counts.joined(separator: " and "))"
        Terminal.print((summary + file.shortfalls.inWords.map { "; \($0)" }.joined() + ".").wrapped())
        for role in statement.roles {
            let parties = role == .server ? [.server] : Set(library.testCases.flatMap(\.equipment.clients)).sorted()
            for party in parties { Terminal.print(applicability(of: statement, as: party, library)) }
        }
        return file.shortfalls.isEmpty ? .success : .fail
    }

    /// How many cases apply in this place, and which do not and why.
    private static func applicability(
        of statement: ConformanceStatement, as party: PartyName, _ library: ScenarioLibrary
    ) -> String {
        let cases = library.testCases.filter { party == .server || $0.equipment.clients.contains(party) }
        let applicability = Applicability(cases, by: statement, of: [party], tables: library.tables)
        let place = party == .server ? "As the server" : "As client \(party)"
        let end = applicability.excluded.isEmpty ? "." : "; not applicable:"
        let width = (applicability.excluded.map(\.testCase.id.count).max() ?? 0) + 4
        let heading = "\(place): \(applicability.applicable.count) of \(cases.count) cases applicable\(end)"
        let lines = applicability.excluded.map { $0.reason.wrapped(after: "  \($0.testCase.id)", indent: width) }
        return ([heading] + lines).joined(separator: "\n")
    }
}
