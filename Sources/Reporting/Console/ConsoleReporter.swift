import Conformance

/// The run for somebody who watches it: events in, text out, nothing printed here.
package struct ConsoleReporter: Sendable {
    /// Where the text goes.
    package enum Screen: Sendable, Equatable {
        /// A file or a pipe: whole lines, in the order of the events.
        case lines
        /// A terminal of so many columns: also a line of progress, which the next text replaces.
        case terminal(columns: Int)
    }

    /// Whether colors may be used; `NO_COLOR` and `--no-color` are the caller's business.
    package enum Palette: Sendable, Equatable {
        case plain
        case ansi
    }

    /// How many shortfalls of an ICS are told.
    private static let mostShortfalls = 5

    private let screen: Screen
    let palette: Palette
    private var selected = 0
    private var begun = 0
    /// Whether a blank line stands above what comes next.
    private var isAfterBlank = true
    private var testCase: TestCase?
    /// Why cases could not be executed, as far as it has been told.
    private var toldReasons: Set<String> = []
    /// Whether a line of progress stands on the screen.
    private var showsProgress = false

    package init(screen: Screen, palette: Palette) {
        self.screen = screen
        self.palette = palette
    }

    /// What to write for the event; empty where there is nothing to say.
    package mutating func text(for event: RunEvent) -> String {
        switch event {
        case .runStarted(let run, let selected, let repetitions):
            self.selected = selected * repetitions
            return permanent(heading(of: run, selected: selected, repetitions: repetitions) + [""])
        case .caseStarted(let testCase):
            begun += 1
            self.testCase = testCase
            return progress(testCase.title)
        case .stepStarted(let step):
            return progress("\(place(of: step)): \(step.sentence)")
        case .caseFinished(let result, let requirements):
            testCase = nil
            let isTold = result.reason.map { !toldReasons.insert($0).inserted } ?? false
            return permanent(isTold ? [headlineAsAbove(of: result)] : lines(for: result, requirements: requirements))
        case .remark(let remark):
            return permanent(wrapped("note: \(remark.onOneLine)", indentation: 0))
        case .runFinished(let run, let report, let command):
            return permanent(closing(of: run, report: report, command: command))
        }
    }

    /// The columns of a line; a file has no edge, but people read it.
    var columns: Int {
        switch screen {
        case .lines: 100
        case .terminal(let columns): max(40, columns)
        }
    }

    /// What the step is called: by its number in the procedure, or by the part of the case that it belongs to.
    private func place(of step: Step) -> String {
        FindingText.words(forStep: step.label)
    }

    private mutating func permanent(_ lines: [String]) -> String {
        let clearance = showsProgress ? "\r\(String(repeating: " ", count: columns - 1))\r" : ""
        showsProgress = false
        let lines = isAfterBlank && lines.first == "" ? lines.dropFirst() : lines[...]
        isAfterBlank = lines.last.map { $0.isEmpty } ?? isAfterBlank
        return clearance + lines.map { $0 + "\n" }.joined()
    }

    private mutating func progress(_ words: String) -> String {
        guard case .terminal = screen, let testCase else { return "" }
        showsProgress = true
        let line = "[\(begun)/\(selected)] \(testCase.id) \(words)".onOneLine
        return "\r" + line.shortened(to: columns - 1).padded(to: columns - 1)
    }

    private func heading(of run: RunResult, selected: Int, repetitions: Int) -> [String] {
        let cases = plural(selected, "case") + (repetitions == 1 ? "" : ", each \(repetitions) times")
        return [painted("Parley run \(run.id)".onOneLine, .bold)]
            + wrapped("\(run.systemUnderTest), \(run.mode.words)\(seed(of: run)), \(cases)".onOneLine, indentation: 0)
            + (run.statementSentence.map { wrapped($0.onOneLine, indentation: 0) } ?? [])
    }

    private func seed(of run: RunResult) -> String { run.seed.map { ", seed \($0)" } ?? "" }

    /// What the ICS lacks, as far as there is room.
    private func shortfalls(of run: RunResult) -> [String] {
        guard !run.shortfalls.isEmpty else { return [] }
        let shown = run.shortfalls.prefix(Self.mostShortfalls)
        let rest = run.shortfalls.count - shown.count
        let heading = "The ICS falls short: \(run.shortfalls.inWords.joined(separator: ", "))"
        return wrapped(heading, indentation: 0).map { painted($0, .mark(.inconclusive)) }
            + shown.flatMap { wrapped("- \($0.sentence.onOneLine)", indentation: 2, hanging: 2) }
            + (rest == 0 ? [] : wrapped("- \(rest) more, all in the report", indentation: 2, hanging: 2))
    }

    private func closing(of run: RunResult, report: String?, command: String?) -> [String] {
        var lines = [""]
        let isGreen = run.mark == .pass
        lines += wrapped(run.interopTally.sentence("interop"), indentation: 0).map {
            painted($0, isGreen ? .mark(.pass) : .bold)
        }
        lines += wrapped(run.conformanceTally.sentence("conformance"), indentation: 0).map {
            painted($0, isGreen ? .mark(.pass) : .bold)
        }
        if let incomplete = run.incomplete {
            lines += wrapped("This run is incomplete: \(incomplete.onOneLine)", indentation: 0).map {
                painted($0, .mark(.inconclusive))
            }
        }
        if let sentence = run.expectationSentence { lines.append(sentence) }
        lines += shortfalls(of: run)
        lines += run.stale.flatMap { wrapped($0.onOneLine, indentation: 0) }.map { painted($0, .mark(.inconclusive)) }
        lines += run.remarks.flatMap { wrapped("note: \($0.onOneLine)", indentation: 0) }
        if !run.windows.isEmpty { lines += wrapped(run.windowSentence, indentation: 0) }
        lines.append("Took \(run.elapsed.readable)\(seed(of: run))")
        if let report { lines.append("Report: \(report.onOneLine)") }
        if let command { lines.append("Repeat: \(command.onOneLine)") }
        return lines
    }
}
