import Bytes
import Conformance
import Execution
import Foundation
import Network
import Reporting
import Scenarios

/// `parley run`: executes test cases and reports on them.
enum RunCommand {
    static let command = Command(
        name: "run", summary: "Execute test cases and report on them.", operands: "[PATTERN…]",
        options: Suite.options + RunPlan.options + ReportDestination.options,
        notes: """
            \(Patterns.help)

            Exit status: 0 all as expected, 1 fail, 2 usage, 3 inconclusive, 4 error of the
            harness or its environment, 5 nothing executed, 7 incomplete, 130 interrupted.

            Examples:
              parley run                                     the suite, against the embedded server
              parley run --simulated --repeat-each 1000      in virtual time, many times
              parley run --server 192.0.2.7:5060 IM-2.0-int-201
              parley run --defect server:textAltered         watch a check fail
            """
    ) { arguments in
        let suite = try Suite(arguments)
        let cases = try suite.select(arguments)
        guard !cases.isEmpty else {
            Terminal.complain("No test case matches; “parley list” shows them all.")
            return .nothing
        }
        let plan = try RunPlan(arguments)
        let destination = try ReportDestination(arguments, seed: plan.seed)
        let requirements = suite.library.catalogue.requirements
        let progress = Progress(arguments, requirements: requirements, foldsAttempts: plan.repetitions > 1)
        Interruption.listen()
        let start = ContinuousClock().now
        var run = RunResult(
            id: destination.id, mode: plan.isSimulated ? .simulated : .live, seed: plan.seed,
            systemUnderTest: plan.systemUnderTest, started: Instant.now, requirements: requirements)
        progress.begin(run, selected: cases.count)
        let executor = CaseExecutor(plan: plan, destination: destination)
        let campaign = Campaign(
            cases, repetitions: plan.repetitions, workers: plan.workers, order: plan.order, seed: plan.seed)
        run.cases = campaign.run(
            execute: { executor.execute($0, observe: { progress.note($0) }) },
            isStopped: { Interruption.isRequested || executor.mustStop },
            observe: { progress.note($0) })
        run.elapsed = ContinuousClock().now - start
        run.remarks = executor.remarks
        if Interruption.isRequested { run.incomplete = "The run was interrupted; what was done until then is here." }
        let code = Interruption.isRequested ? .interrupted : ExitCode(run, gate: try RunGate.read(arguments))
        let seed = arguments.value("--seed") == nil ? ["--seed", String(plan.seed)] : []
        let command = ["parley", "run"] + CommandLine.arguments.dropFirst(2) + seed
        let environment = try destination.write(run, code: code, command: command)
        progress.finish(run, report: destination.indexPath, command: environment.shellCommand)
        return code
    }
}
