package import Conformance

/// The exit status of the program: one cause, one code, never a count.
package enum ExitCode: Int, CaseIterable, Sendable {
    case success = 0
    /// An unexpected fail.
    case fail = 1
    /// Usage, configuration or scenario; nothing was sent.
    case usage = 2
    /// No fail, but an unexpected inconclusive.
    case inconclusive = 3
    /// An error of the harness or its environment.
    case harness = 4
    /// Nothing matched, nothing was executed, or less than asked for.
    case nothing = 5
    /// A known failure fails no more, has run out, or names no case.
    case stale = 6
    /// The run stopped before its end; its report is valid and marked partial.
    case incomplete = 7
    /// Stopped by SIGINT.
    case interrupted = 130
    /// Stopped by SIGTERM.
    case terminated = 143

    /// What counts as success.
    package struct Gate: Sendable {
        /// How many cases must have been executed.
        package var leastExecuted = 1
        package var allowsInconclusive = false

        package init() {}

        /// That too few cases were executed, in a sentence; nil where there were enough, or the run says that it stopped.
        package func shortage(of run: RunResult) -> String? {
            let count = run.executed.count
            guard count < leastExecuted, run.incomplete == nil else { return nil }
            let number = count == 0 ? "No case was" : count == 1 ? "1 case was" : "\(count) cases were"
            return "\(number) executed, at least \(leastExecuted) \(leastExecuted == 1 ? "was" : "were") asked for."
        }
    }

    /// The code of a finished run; several causes give the one that comes first in 4, 1, 3, 6, 7, 5.
    ///
    /// A case all of whose failures are known counts as expected.
    package init(_ run: RunResult, gate: Gate = Gate()) {
        let verdicts = run.cases.filter { $0.knownReason == nil }.map(\.verdict)
        if verdicts.contains(.error) {
            self = .harness
        } else if verdicts.contains(.fail) {
            self = .fail
        } else if verdicts.contains(.inconclusive), !gate.allowsInconclusive {
            self = .inconclusive
        } else if !run.stale.isEmpty {
            self = .stale
        } else if run.incomplete != nil {
            self = .incomplete
        } else if run.executed.count < gate.leastExecuted {
            self = .nothing
        } else {
            self = .success
        }
    }
}
