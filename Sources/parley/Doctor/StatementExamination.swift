import Conformance
import Reporting
import Scenarios

/// Whether a system under test has a statement of what it supports (ICS), and what that comes to.
enum StatementExamination {
    static func of(_ folder: SystemFolder, _ library: ScenarioLibrary) -> Examination {
        guard let path = folder.statement else {
            let problem = "none is beside the description, so every case is played; “parley ics new” begins one."
            return Examination(what: "ics.yaml", problem: problem, weight: .lacks)
        }
        let source: StatementSource
        do throws(UsageError) {
            source = try StatementSource(reading: path, tables: library.tables)
        } catch {
            return Examination(what: path, problem: error.message)
        }
        guard let statement = source.file.statement else {
            return Examination(
                what: path, problem: "it has errors; “parley ics check \(path)” shows them.")
        }
        guard statement.roles.contains(.server) else {
            return Examination(what: path, problem: "it is the statement of a client, not of a server.")
        }
        let applicability = Applicability(
            library.testCases, by: statement, of: [.server], knownFor: folder.system.deviations, tables: library.tables)
        let count = "\(applicability.applicable.count) of \(library.testCases.count) cases applicable"
        let shortfalls = source.file.shortfalls.inWords
        let problem =
            shortfalls.isEmpty
            ? nil : shortfalls.joined(separator: ", ") + "; “parley ics check \(path)” names what."
        return Examination(what: "\(path) (\(count))", problem: problem, weight: .lacks)
    }
}
