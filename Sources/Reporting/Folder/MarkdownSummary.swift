package import Conformance
import Network

/// `summary.md`: the run on one screen, for the step summary of a continuous integration.
package struct MarkdownSummary: Sendable {
    private let run: RunResult
    private let environment: RunEnvironment

    /// How many cases are explained; the size of a step summary is limited.
    private static let limit = 50

    package init(_ run: RunResult, environment: RunEnvironment) {
        self.run = run
        self.environment = environment
    }

    package var bytes: [UInt8] {
        var lines = [
            "## \(run.mark.sign) Parley: \(run.verdictInWords) – \(run.systemUnderTest.asMarkdown)",
            "",
            "- \(run.interopTally.sentence("interop")).",
            "- \(run.conformanceTally.sentence("conformance")).",
        ]
        lines += run.expectationSentence.map { ["- \($0)."] } ?? []
        lines += [
            "- \(run.windowSentence)",
            "- Run `\(run.id.asCode)`, \(run.mode.words), \(run.started.readable), took \(run.elapsed.readable).",
        ]
        lines += run.seed.map { ["- Seed `\($0)`\(repetition)."] } ?? []
        lines += run.statementSentence.map { ["- \($0.asMarkdown)."] } ?? []
        lines += run.incomplete.map { ["", "> **This run is incomplete.** \($0.asMarkdown)"] } ?? []
        lines += (run.stale + run.remarks).flatMap { ["", "> \($0.asMarkdown)"] }
        lines += [
            "", "| Case | Title | Interop | Conformance | Criteria passed | Duration |", "|---|---|---|---|--:|--:|",
        ]
        lines += run.cases.map(row)
        lines += explanations
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }

    private var repetition: String {
        environment.command.isEmpty ? "" : ", to repeat: `\(environment.shellCommand.asCode)`"
    }

    private func row(_ result: CaseResult) -> String {
        let cells = [
            result.name.asMarkdown, result.testCase.title.asMarkdown + exclusion(of: result),
            "\(result.interopMark.sign) \(result.interopMark.word)",
            "\(result.conformanceMark.sign) \(result.conformanceMark.word)", result.criteria.fraction,
            result.wasExecuted ? result.elapsed.readable.asMarkdown : "–",
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    /// Why the case does not apply, after its title.
    private func exclusion(of result: CaseResult) -> String {
        guard case .notApplicable(let reason) = result.outcome else { return "" }
        return " (\(reason.asMarkdown))"
    }

    private var explanations: [String] {
        let cases = run.cases.filter { $0.mark.gravity >= Mark.inconclusive.gravity }
        var lines = cases.prefix(Self.limit).flatMap(explanation)
        let rest = cases.count - Self.limit
        if rest > 0 { lines += ["", "\(plural(rest, "more case")) explained in index.html."] }
        return lines
    }

    private func explanation(_ result: CaseResult) -> [String] {
        var lines = ["", "### \(result.mark.sign) \(result.name.asMarkdown) \(result.testCase.title.asMarkdown)"]
        if let reason = result.reason { lines += ["", reason.asMarkdown] }
        for finding in result.decidingFindings {
            let text = FindingText(finding, in: result, requirements: run.requirements)
            lines += ["", "**\(text.title.asMarkdown)**", ""]
            lines += text.rows.map { "- \($0.name): \($0.text.asMarkdown)" }
        }
        return lines
    }
}

extension String {
    /// The text on one line, with nothing in it that Markdown or HTML would read as markup.
    fileprivate var asMarkdown: String {
        onOneLine.reduce(into: "") { text, character in
            switch character {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "@": text += "&#64;"
            case "\\", "`", "*", "_", "[", "]", "|", "#", "~": text += "\\\(character)"
            default: text.append(character)
            }
        }
    }

    /// The text for a code span, where nothing but the backtick is special.
    fileprivate var asCode: String { onOneLine.replacing("`", with: "ˋ") }
}
