import Conformance
import Network

extension ConsoleReporter {
    /// One line for a case that passed; for every other one what a person needs to know why.
    func lines(for result: CaseResult, requirements: [RequirementID: Requirement]) -> [String] {
        var lines = [headline(of: result)]
        if let reason = result.reason {
            lines += wrapped(reason.onOneLine, indentation: 4)
        } else if result.mark != .pass {
            lines += wrapped(verdicts(of: result), indentation: 4)
        }
        if let reason = result.knownReason { lines += wrapped("Expected: \(reason.onOneLine)", indentation: 4) }
        for finding in findingsToExplain(of: result) {
            lines.append("")
            lines += self.lines(for: finding, in: result, requirements: requirements)
        }
        lines += consequences(of: result).flatMap { [""] + wrapped($0, indentation: 4) }
        for warning in result.warnings {
            lines += wrapped("\(Mark.warning.sign) \(FindingText.line(warning))", indentation: 4, hanging: 2)
        }
        lines += result.remarks.flatMap { wrapped("note: \($0.onOneLine)", indentation: 4) }
        if lines.count > 2 { lines.append("") }
        return lines
    }

    /// The findings that people need: first those that decided, then lesser ones; of an error only its reason.
    ///
    /// Where a precondition is not met, the rest follows from it.
    private func findingsToExplain(of result: CaseResult) -> [Finding] {
        guard result.reason == nil else { return [] }
        let findings = result.findings.filter { $0.kind != .warning && $0.verdict > .pass }
        let preconditions = findings.filter(\.isPrecondition)
        if result.verdict == .inconclusive, !preconditions.isEmpty { return preconditions }
        return findings.filter { $0.verdict == result.verdict } + findings.filter { $0.verdict != result.verdict }
    }

    /// How many findings are not explained, and why.
    private func consequences(of result: CaseResult) -> [String] {
        let explained = findingsToExplain(of: result)
        guard explained.contains(where: \.isPrecondition) else { return [] }
        let count = result.findings.count { $0.kind != .warning && $0.verdict > .pass } - explained.count
        return count == 0 ? [] : ["Inconclusive with it: \(plural(count, "more finding")), all in the report."]
    }

    /// The line of a case that came to nothing for the reason of one before it.
    func headlineAsAbove(of result: CaseResult) -> String { headline(of: result, remark: " (as above)") }

    private func headline(of result: CaseResult, remark: String = "") -> String {
        let mark = painted("\(result.mark.sign) \(result.mark.word)".padded(to: 17), .mark(result.mark))
        let duration = result.wasExecuted ? result.elapsed.readable : ""
        let name = result.name.onOneLine.padded(to: 14)
        let room = columns - 17 - name.columnCount - 2 - duration.columnCount - 2
        let short = result.testCase.title.onOneLine.shortened(to: max(8, room - remark.columnCount))
        let title = (short + remark).padded(to: duration.isEmpty ? 0 : room)
        return "\(mark)\(name)  \(title)\(duration.isEmpty ? "" : "  \(duration)")"
    }

    private func verdicts(of result: CaseResult) -> String {
        func counts(_ tally: Tally, _ noun: String) -> String {
            tally.total == 0 ? "" : " (\(tally.fraction) \(noun) passed)"
        }
        return "interop \(result.interopMark.word)\(counts(result.criteria, "criteria")), "
            + "conformance \(result.conformanceMark.word)\(counts(result.statements, "checks"))"
    }

    private func lines(
        for finding: Finding, in result: CaseResult, requirements: [RequirementID: Requirement]
    ) -> [String] {
        let text = FindingText(finding, in: result, requirements: requirements)
        let title = wrapped("\(finding.mark.sign) \(text.title)", indentation: 4, hanging: 2)
        let width = 12
        return title.map { painted($0, .mark(finding.mark)) }
            + text.rows.flatMap { row in
                let name = painted(row.name.padded(to: width), .faint)
                return wrapped(row.text, indentation: 6 + width).enumerated().map { index, line in
                    index == 0 ? "      \(name)\(line.dropFirst(6 + width))" : line
                }
            }
    }

    /// The text in lines that fit the screen, broken at blanks; a word that is too long stays whole.
    func wrapped(_ text: String, indentation: Int, hanging: Int = 0) -> [String] {
        let room = columns - 1
        var lines: [String] = []
        var line = String(repeating: " ", count: indentation)
        var isEmpty = true
        for word in text.split(separator: " ") {
            if !isEmpty, line.columnCount + 1 + word.columnCount > room {
                lines.append(line)
                line = String(repeating: " ", count: indentation + hanging)
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return lines + [line]
    }
}

extension Finding {
    /// Whether it says that the test case could not begin as it should.
    fileprivate var isPrecondition: Bool { check.hasPrefix("precondition.") }
}

extension ConsoleReporter {
    /// What a stretch of text is, for its color.
    enum Paint {
        case bold
        case faint
        case mark(Mark)
    }

    /// The text in its color, where colors may be used.
    func painted(_ text: String, _ paint: Paint) -> String {
        guard palette == .ansi else { return text }
        let code =
            switch paint {
            case .bold: "1"
            case .faint: "2"
            case .mark(.pass): "32"
            case .mark(.fail): "1;31"
            case .mark(.error): "1;35"
            case .mark(.inconclusive), .mark(.warning): "33"
            case .mark(.notApplicable), .mark(.outOfTime), .mark(.notJudged): "2"
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
