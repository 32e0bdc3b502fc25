import Conformance
import Foundation
import Network
import TestSupport
import Testing

/// Every row of the table of exit codes, as the shell sees it.
@Suite(.waitsForOthers)
struct ExitCodeTests {
    private let workplace: Workplace

    init() throws { workplace = try Workplace() }

    private func simulate(_ arguments: String...) throws -> Int32 {
        try workplace.parley(["run", "--simulated"] + arguments).status
    }

    @Test func `0 when every case passes`() throws {
        // Accounts of clients whom no case has do no harm.
        #expect(try simulate("--account", "C=cid:env:NOT_SET") == 0)
        #expect(try workplace.report().verdicts == ["IM-2.0-int-101 pass pass", "IM-2.0-int-201 pass pass"])
    }

    @Test func `1 when a case fails`() throws {
        #expect(try simulate("IM-2.0-int-201", "--defect", "server:contactInMessage") == 1)
        #expect(try workplace.report().verdicts == ["IM-2.0-int-201 pass fail"])
    }

    @Test func `2 when a scenario has an error, and nothing is sent`() throws {
        try workplace.write("id: IM-2.0-int-101\ntitel: x\n".utf8, to: "broken/IM-2.0-int-101.yaml")
        let outcome = try workplace.parley("run", "--simulated", "--scenarios", "broken")
        #expect(outcome.status == 2)
        #expect(outcome.complaints.contains("broken/IM-2.0-int-101.yaml:2:1: error: Unknown key “titel”"))
        #expect(!workplace.exists("reports"))
        #expect(try workplace.parley("lint", "--scenarios", "broken").status == 2)
    }

    @Test func `3 when a case is inconclusive and none fails, unless that is allowed`() throws {
        let arguments = ["IM-2.0-int-201", "--defect", "B:neverPublishes"]
        #expect(try workplace.parley(["run", "--simulated"] + arguments).status == 3)
        #expect(try workplace.report().run.cases.map(\.verdict) == [.inconclusive])
        #expect(try workplace.parley(["run", "--simulated", "--allow-inconclusive"] + arguments).status == 0)
    }

    @Test func `4 when the system under test cannot be reached`() throws {
        let block = AddressBlock.next()
        let outcome = try workplace.parley(
            ["run", "--server", "\(block.server):5999", "--capture-source", "actors"] + block.arguments)
        #expect(outcome.status == 4)
        let sentence = "The system under test cannot be reached: \(block.server):5999 (UDP): connection refused."
        #expect(outcome.output.contains(sentence))
        #expect(try workplace.report().verdicts == ["IM-2.0-int-101 error error", "IM-2.0-int-201 error error"])
    }

    @Test func `A failure that is known decides nothing, and 6 says when it is known no more`() throws {
        let entry = "known-failures:\n  - { case: '*201', finding: '*', reason: PROJ-1, until: 9999-12-31 }\n"
        try workplace.write(entry.utf8, to: "known.yaml")
        let arguments = ["run", "--simulated", "IM-2.0-int-201", "--known-failing", "known.yaml"]
        let failing = try workplace.parley(arguments + ["--defect", "server:contactInMessage"])
        #expect(failing.status == 0)
        #expect(failing.output.contains("Expected: PROJ-1"))
        #expect(try workplace.report().verdicts == ["IM-2.0-int-201 pass fail"])
        let passing = try workplace.parley(arguments)
        #expect(passing.status == 6)
        #expect(passing.output.contains("fails no more; take it out."))
        try workplace.write("known-failures: [{ case: x }]".utf8, to: "known.yaml")
        #expect(try workplace.parley(arguments).status == 2)
    }

    @Test func `5 when nothing matches, and when less was executed than asked for`() throws {
        #expect(try simulate("IM-9.9-int-999") == 5)
        #expect(!workplace.exists("reports"))
        #expect(try workplace.parley("list", "IM-9.9-int-999").status == 5)
        let few = try workplace.parley(
            "run", "--simulated", "--quiet", "IM-2.0-int-201", "--min-executed", "2")
        #expect(few.status == 5)
        let sentence = "1 case was executed, at least 2 were asked for."
        #expect(few.output.contains("note: \(sentence)\n"))
        #expect(try workplace.report().text("summary.md").contains("> \(sentence)\n"))
    }

    @Test func `7 when there was no time for every case`() throws {
        #expect(try simulate("--time-budget", "0") == 7)
        let report = try workplace.report()
        #expect(report.run.incomplete == "0 of 2 cases were executed before time was up.")
        #expect(try report.completion.isPartial)
        #expect(try report.completion.exitStatus == 7)
    }

    @Test func `An error counts more than a failure, and a failure more than an inconclusive case`() throws {
        let block = AddressBlock.next()
        let held = try HeldPort(.udp, block.client("C"))
        try workplace.writeScenarios([
            SmallScenario(number: 1), SmallScenario(number: 2, wish: .oneRefusal),
            SmallScenario(number: 3, wish: .noRefusal), SmallScenario(number: 4, clients: ["A", "B", "C"]),
        ])
        let outcome = try workplace.parley(
            ["run", "--scenarios", "small", "--capture-source", "actors"] + block.arguments)
        withExtendedLifetime(held) {}
        #expect(outcome.status == 4)
        #expect(
            try workplace.report().verdicts == [
                "IM-2.0-int-1 pass pass", "IM-2.0-int-2 inconclusive pass", "IM-2.0-int-3 fail pass",
                "IM-2.0-int-4 error error",
            ])
        let sentence = "\(block.client("C")):5060 (UDP) is used by another program; end it, or use other addresses"
        #expect(outcome.output.contains(sentence))
        #expect(try simulate("--scenarios", "small", "--skip", "IM-2.0-int-4") == 1)
        #expect(try simulate("--scenarios", "small", "--skip", "IM-2.0-int-3", "--skip", "IM-2.0-int-4") == 3)
    }

    @Test func `Enough failures end a run, which is a failure and incomplete`() throws {
        try workplace.writeScenarios((1...3).map { SmallScenario(number: $0, wish: .noRefusal) })
        #expect(try simulate("--scenarios", "small", "--max-failures", "2", "--workers", "1") == 1)
        let report = try workplace.report()
        #expect(report.run.incomplete == "2 of 3 cases were executed before enough had failed.")
        #expect(report.run.cases.map(\.verdict) == [.fail, .fail, .none])
    }

    @Test func `The number that the program exits with stands in done.json`() throws {
        #expect(try simulate("IM-2.0-int-201", "--defect", "server:contactInMessage") == 1)
        #expect(try workplace.report().completion.exitStatus == 1)
    }
}

/// What a signal does: the first lets the case under way end, the second ends everything.
@Suite(.waitsForOthers)
struct InterruptionTests {
    private let workplace: Workplace

    init() throws { workplace = try Workplace() }

    @Test(arguments: [(SIGINT, 130, "interrupted"), (SIGTERM, 143, "terminated")])
    func `Many attempts stop after the one under way, and the report is written`(
        signal: Int32, status: Int32, word: String
    ) throws {
        let arguments = ["run", "--simulated", "--repeat-each", "1000000", "--capture", "off", "IM-2.0-int-201"]
        let program = try Program("parley", arguments, in: workplace.url)
        program.waitForOutput("Parley run")
        program.send(signal)
        let outcome = program.finish()
        #expect(outcome.status == status)
        let report = try workplace.report()
        #expect(report.verdicts == ["IM-2.0-int-201 pass pass"] || report.run.executed.isEmpty)
        #expect(
            report.run.incomplete?.hasSuffix("of 1000000 attempts were executed before the run was \(word).") == true)
        #expect(try report.completion.isPartial)
        #expect(outcome.complaints.hasPrefix("parley: stopping after what is under way"))
    }

    /// Starts a live run whose first step, that of paging, never completes.
    private func startStalled(_ terminal: PseudoTerminal, timeout: Int) throws -> Program {
        let arguments = [
            "run", "--order", "reversed", "--defect", "server:notDelivered", "--timeout", "\(timeout)",
            "--capture-source", "actors",
        ]
        let program = try terminal.start(arguments + AddressBlock.next().arguments, in: workplace.url)
        terminal.wait(for: "step 1: A pages")
        return program
    }

    @Test func `The live case under way is performed to its end and judged, the next is not begun`() throws {
        let terminal = try PseudoTerminal()
        let program = try startStalled(terminal, timeout: 1)
        program.send(SIGINT)
        terminal.readToEnd()
        #expect(program.finish().status == 130)
        let report = try workplace.report()
        #expect(report.run.cases.map(\.verdict) == [.none, .fail])
        #expect(report.run.incomplete == "1 of 2 cases were executed before the run was interrupted.")
        #expect(try report.completion.isPartial)
    }

    @Test func `A second signal abandons the run, and nothing claims to be whole`() throws {
        let terminal = try PseudoTerminal()
        let program = try startStalled(terminal, timeout: 60)
        program.send(SIGINT)
        program.waitForComplaint()
        program.send(SIGINT)
        #expect(program.finish().status == 130)
        let folders = try FileManager.default.contentsOfDirectory(atPath: workplace.url.appending(path: "reports").path)
        #expect(folders.count == 1)
        #expect(!workplace.exists("reports/\(folders[0])/done.json"))
    }
}
