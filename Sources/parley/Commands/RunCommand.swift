import Conformance
import Execution
import Network
import Reporting
import Scenarios

/// `parley run`: executes test cases and reports on them.
enum RunCommand {
    static let command = Command(
        name: "run", summary: "Execute test cases and report on them.", operands: "[PATTERN…]",
        options: Suite.options + RunPlan.options + Baseline.options + ReportDestination.options,
        notes: """
            \(Patterns.help)

            Exit status: 0 all as expected, 1 fail, 2 usage, 3 inconclusive, 4 error of
            the harness or its environment, 5 nothing executed, 6 known failures that
            hold no more, 7 incomplete, 130 and 143 stopped by SIGINT and SIGTERM.

            Examples:
              parley run                                  the suite, on the embedded server
              parley run --simulated --repeat-each 1000   in virtual time, many times
              parley run --sut example    what fixtures/systems/example describes
              parley run --ics ics.yaml   only what the statement claims
              parley run --server 192.0.2.7 \\
                --clients 192.0.2.11,192.0.2.12,192.0.2.13,192.0.2.14
              parley run --real A --listen 192.0.2.7      test the client that you hold
              parley run --defect server:textAltered      watch a check fail
            """
    ) { arguments in
        let suite = try Suite(arguments, choosing: arguments.patterns)
        let cases = try suite.select(arguments)
        guard !cases.isEmpty else {
            suite.complainOfEmptySelection(arguments)
            return .nothing
        }
        let system = try SystemFolder(arguments)
        let source = try StatementSource(arguments, of: system, tables: suite.library.tables)
        let applicability = try applicability(
            of: cases, by: source, testing: RealClientPlan.clients(arguments),
            knownFor: system?.system.deviations ?? [], tables: suite.library.tables)
        let applicable = applicability.applicable
        let plan = try RunPlan(arguments, system: system, clients: Set(applicable.flatMap(\.equipment.clients)))
        let baseline = try Baseline(arguments, of: plan.system)
        let destination = try ReportDestination(arguments, seed: plan.seed)
        try destination.prepare()
        let requirements = suite.library.catalogue.requirements
        let progress = Progress(arguments, requirements: requirements, plan: plan)
        let interruption = Interruption()
        let contents = ContentFiles(destination: destination)
        let parties = try RealParties.begin(plan, cases: applicable, contents: contents, interruption: interruption)
        defer { parties?.end() }
        let start = ContinuousClock().now
        var run = RunResult(
            id: destination.id, mode: plan.isSimulated ? .simulated : .live, seed: plan.seed,
            systemUnderTest: plan.systemUnderTest, started: Instant.now, requirements: requirements)
        run.statement = source?.file.statement
        run.shortfalls = source?.file.shortfalls ?? []
        progress.begin(run, selected: applicable.count)
        let executor = CaseExecutor(
            plan: plan, destination: destination, baseline: baseline, parties: parties)
        let campaign = Campaign(
            applicable, repetitions: plan.repetitions, workers: plan.workers, order: plan.order, seed: plan.seed)
        let isOver = { @Sendable in plan.timeBudget.map { ContinuousClock().now - start >= $0 } ?? false }
        let results = campaign.run(
            execute: { executor.execute($0, observe: { progress.note($0) }) },
            isStopped: { interruption.request != nil || executor.hasFailedEnough || isOver() },
            observe: { progress.note($0) })
        run.cases = applicability.complete(results, at: plan.isSimulated ? Simulation.epoch : run.started)
        run.elapsed = ContinuousClock().now - start
        run.remarks = executor.remarks
        run.stale = baseline.stale(after: run.cases, of: suite.library.ids)
        let planned = applicable.count * plan.repetitions
        if executor.count < planned {
            let end = interruption.request?.reason ?? (executor.hasFailedEnough ? "enough had failed" : "time was up")
            let what = plan.repetitions == 1 ? "cases" : "attempts"
            run.incomplete = "\(executor.count) of \(planned) \(what) were executed before \(end)."
        }
        run.remarks += [plan.gate.shortage(of: run)].compactMap(\.self)
        let code = interruption.request ?? ExitCode(run, gate: plan.gate)
        let seed = arguments.value("--seed") == nil ? ["--seed", String(plan.seed)] : []
        let command = ["parley", "run"] + ReportDestination.withoutOptions(CommandLine.arguments.dropFirst(2)) + seed
        let environment = destination.environment(of: run, command: command, ics: source)
        do {
            try destination.write(run, environment: environment, code: code)
        } catch {
            progress.finish(run, report: nil, command: environment.shellCommand)
            throw error
        }
        progress.finish(run, report: destination.indexPath, command: environment.shellCommand)
        return code
    }

    /// Which of the cases can be played with what is tested, the server or real clients, by its statement and deviations.
    private static func applicability(
        of cases: [TestCase], by source: StatementSource?, testing clients: Set<PartyName>,
        knownFor deviations: Set<Deviation>, tables: SCRTables
    ) throws(UsageError) -> Applicability {
        let statement = source?.file.statement
        if let statement, clients.isEmpty, !statement.roles.contains(.server) {
            throw UsageError(
                input: "“\(statement.file)” is the statement of a client, but it is a server that is tested here.")
        }
        if let statement, !clients.isEmpty, !statement.roles.contains(.client) {
            throw UsageError(
                input: "“\(statement.file)” is the statement of a server, but it is a client that is tested here.")
        }
        return Applicability(
            cases, by: statement, of: clients.isEmpty ? [.server] : clients, knownFor: deviations, tables: tables)
    }
}

extension ExitCode {
    /// Why nothing more was begun, for a code that a signal gave.
    fileprivate var reason: String {
        self == .terminated ? "the run was terminated" : "the run was interrupted"
    }
}
