import Conformance
import Execution
import Reporting
import Synchronization

/// Tells on standard output how a run goes.
final class Progress: Sendable {
    private let reporter: Mutex<ConsoleReporter>
    private let requirements: [RequirementID: Requirement]
    private let isQuiet: Bool
    /// Whether cases are told of when their attempts are folded, and not one by one.
    private let foldsAttempts: Bool

    init(_ arguments: Arguments, requirements: [RequirementID: Requirement], foldsAttempts: Bool = false) {
        let isPlain = arguments.has("--no-color") || !Terminal.allowsColor
        reporter = Mutex(
            ConsoleReporter(
                screen: Terminal.isInteractive ? .terminal(columns: Terminal.width) : .lines,
                palette: isPlain ? .plain : .ansi))
        self.requirements = requirements
        self.foldsAttempts = foldsAttempts
        isQuiet = arguments.has("--quiet")
    }

    func begin(_ run: RunResult, selected: Int) {
        tell(.runStarted(run, selected: selected), always: false)
    }

    func note(_ event: Campaign.Event) {
        switch event {
        case .started(let assignment):
            if !foldsAttempts { tell(.caseStarted(assignment.testCase), always: false) }
        case .finished(_, let result):
            if !foldsAttempts { note(result) }
        }
    }

    func note(_ step: Step) {
        if !foldsAttempts { tell(.stepStarted(step), always: false) }
    }

    func note(_ result: CaseResult) {
        tell(.caseFinished(result, requirements: requirements), always: result.verdict > .pass)
    }

    /// Says what came of everything, where the report is, and how to repeat the run.
    func finish(_ run: RunResult, report: String, command: String?) {
        if foldsAttempts { run.cases.forEach { note($0) } }
        tell(.runFinished(run, report: report, command: command), always: true)
    }

    private func tell(_ event: RunEvent, always: Bool) {
        guard always || !isQuiet else { return }
        let text = reporter.withLock { $0.text(for: event) }
        if !text.isEmpty { Terminal.write(text) }
    }
}
