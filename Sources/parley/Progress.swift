import Conformance
import Execution
import Reporting
import Synchronization

/// Tells on standard output how a run goes.
final class Progress: Sendable {
    private let reporter: Mutex<ConsoleReporter>
    private let requirements: [RequirementID: Requirement]
    private let isQuiet: Bool
    private let repetitions: Int
    /// Whether several cases are under way at once, so that no step is that of the case that began last.
    private let isParallel: Bool

    init(_ arguments: Arguments, requirements: [RequirementID: Requirement], plan: RunPlan? = nil) {
        let isPlain = arguments.has("--no-color") || !Terminal.allowsColor
        reporter = Mutex(
            ConsoleReporter(
                // What a person is asked for must not be wiped out.
                screen: Terminal.isInteractive && plan?.real == nil ? .terminal(columns: Terminal.width) : .lines,
                palette: isPlain ? .plain : .ansi))
        self.requirements = requirements
        isQuiet = arguments.has("--quiet")
        repetitions = plan?.repetitions ?? 1
        isParallel = (plan?.workers ?? 1) > 1
    }

    func begin(_ run: RunResult, selected: Int) {
        tell(.runStarted(run, selected: selected, repetitions: repetitions), always: false)
    }

    func note(_ event: Campaign.Event) {
        switch event {
        case .started(let assignment): tell(.caseStarted(assignment.testCase), always: false)
        case .finished(_, let result):
            // Attempts are told of once they are folded into one result.
            if repetitions == 1 { note(result) }
        }
    }

    func note(_ step: Step) {
        if !isParallel { tell(.stepStarted(step), always: false) }
    }

    func note(_ result: CaseResult) {
        tell(.caseFinished(result, requirements: requirements), always: result.verdict > .pass)
    }

    /// Says what came of everything, where the report is, and how to repeat the run.
    func finish(_ run: RunResult, report: String?, command: String?) {
        for result in run.cases where repetitions > 1 || !result.wasExecuted { note(result) }
        tell(.runFinished(run, report: report, command: command), always: true)
    }

    private func tell(_ event: RunEvent, always: Bool) {
        guard always || !isQuiet else { return }
        let text = reporter.withLock { $0.text(for: event) }
        if !text.isEmpty { Terminal.write(text) }
    }
}
