import Conformance
import Discrimination
import Foundation
import Parallelism
import Reporting
import Scenarios

/// `parley selftest`: the proof that the checks can fail.
enum SelfTestCommand {
    static let command = Command(
        name: "selftest", summary: "Show that each check fails on a defect that it claims to catch.",
        operands: "[PATTERN…]",
        options: Suite.options + [
            Option("--skip", "PATTERN", "Leave these cases out; may be given several times."),
            Option("--workers", "N", "How many cases to perform at once (default: one a processor)."),
            Option("--claims", "DIR", "Compare with the claims in this folder (default: fixtures/claims)."),
            Option("--update", nil, "Write the claims instead of comparing with them."),
            Option("--endurance", nil, "Let the server break down at every message instead, in every way."),
            Option("--every", "N", "Only at every so many messages (default: 1)."),
            Option("--out", "DIR", "Where to write the page (default: reports/selftest)."),
        ],
        notes: Patterns.help
    ) { arguments in
        let isEnduring = arguments.has("--endurance")
        let strangers = isEnduring ? ["--claims", "--update", "--out"] : ["--every"]
        if let stranger = strangers.first(where: { arguments.has($0) || arguments.value($0) != nil }) {
            throw UsageError(
                isEnduring
                    ? "--endurance knows no claims and writes no page; leave \(stranger) out."
                    : "\(stranger) needs --endurance.")
        }
        let suite = try Suite(arguments, choosing: arguments.patterns)
        let cases = try suite.select(arguments)
        guard !cases.isEmpty else {
            suite.complainOfEmptySelection(arguments)
            return .nothing
        }
        let workers =
            try arguments.number("--workers", in: 1...200) ?? ProcessInfo.processInfo.activeProcessorCount
        if isEnduring { return try endure(cases, workers: workers, arguments) }
        let matrix = DefectMatrix(of: cases, workers: workers)
        let claims = ClaimFiles(directory: arguments.value("--claims") ?? "fixtures/claims")
        var complaints = matrix.complaints(isWhole: cases.count == suite.library.ids.count).map(\.description)
        if arguments.has("--update") {
            for row in matrix.rows { try claims.write(row) }
        } else {
            complaints += matrix.rows.flatMap(claims.differences)
        }
        let report = DiscriminationReport(tool: "parley \(Parley.version)", matrix: matrix, complaints: complaints)
        let folder = arguments.value("--out") ?? "reports/selftest"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(report.html).write(to: URL(fileURLWithPath: "\(folder)/index.html"))
        } catch {
            throw HarnessError("The page cannot be written to “\(folder)”: \(error.reason)")
        }
        Terminal.print(report.table)
        for complaint in complaints { Terminal.print(complaint.wrapped(after: "✗", indent: 2)) }
        let summary =
            complaints.isEmpty
            ? "Every check can fail, and every defect is caught."
            : "\(complaints.count) things keep it from proving that."
        Terminal.print("\n\(summary)\nPage: \(folder)/index.html")
        return complaints.isEmpty ? .success : .fail
    }
}

extension SelfTestCommand {
    /// Whether each case ends, and blames nobody else, whatever the server does.
    private static func endure(_ cases: [TestCase], workers: Int, _ arguments: Arguments) throws -> ExitCode {
        let interval = try arguments.number("--every", in: 1...10_000) ?? 1
        let trials = cases.concurrentMap(workers: workers) { EnduranceTrial(of: $0, every: interval) }
        for trial in trials {
            let verdicts = trial.verdicts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key.word)" }
            Terminal.print("\(trial.testCase.id)  \(trial.count) runs: \(verdicts.joined(separator: ", "))")
        }
        let complaints = trials.flatMap(\.complaints)
        for complaint in complaints { Terminal.print(complaint.wrapped(after: "✗", indent: 2)) }
        let count = trials.reduce(0) { $0 + $1.count }
        Terminal.print(
            complaints.isEmpty
                ? "\nAll \(count) runs ended in time, and blamed nobody but the server."
                : "\n\(complaints.count) of \(count) runs did not.")
        return complaints.isEmpty ? .success : .fail
    }
}

extension DiscriminationReport {
    fileprivate init(tool: String, matrix: DefectMatrix, complaints: [String]) {
        self.init(
            tool: tool,
            cases: matrix.rows.map { row in
                Case(
                    id: row.testCase.id, title: row.testCase.title,
                    checks: row.testCase.checks.map { check in
                        DiscriminationReport.Check(
                            id: check.id, kind: check.kind.rawValue, title: check.title,
                            killers: row.killers(of: check.id).map(\.description))
                    },
                    effective: row.effective,
                    caught: row.catches.sorted { $0.key < $1.key }.map { ($0.key.description, $0.value.checks) })
            },
            complaints: complaints)
    }
}
