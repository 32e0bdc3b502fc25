package import Conformance

/// What a report prints where a verdict stands: the verdicts, and the reasons for having none.
package enum Mark: String, CaseIterable, Sendable {
    case pass
    /// A SHOULD or an option that was not met; it decides nothing.
    case warning
    case inconclusive
    case fail
    case error
    case notApplicable = "not applicable"
    case outOfTime = "out of time"
    /// There was nothing to judge, as in a case without conformance checks.
    case notJudged = "not judged"

    package init(_ verdict: Verdict) {
        switch verdict {
        case .none: self = .notJudged
        case .pass: self = .pass
        case .inconclusive: self = .inconclusive
        case .fail: self = .fail
        case .error: self = .error
        }
    }

    /// The word that reports print.
    package var word: String { rawValue }

    /// The word of the OMA TestFest tables.
    package var testFestWord: String {
        switch self {
        case .pass, .warning: "Pass"
        case .fail: "Fail"
        case .inconclusive, .error: "Inconclusive"
        case .notApplicable: "Not Applicable"
        case .outOfTime, .notJudged: "Out of Time"
        }
    }

    /// The sign that stands before the word, so that nothing depends on color.
    package var sign: String {
        switch self {
        case .pass: "✓"
        case .warning: "▲"
        case .inconclusive: "?"
        case .fail: "✗"
        case .error: "!"
        case .notApplicable, .notJudged: "–"
        case .outOfTime: "…"
        }
    }

    /// How much it deserves attention; the order in which reports list.
    package var gravity: Int {
        switch self {
        case .error: 6
        case .fail: 5
        case .inconclusive: 4
        case .outOfTime: 3
        case .warning: 2
        case .notApplicable, .notJudged: 1
        case .pass: 0
        }
    }
}

extension Finding {
    package var mark: Mark {
        kind == .warning && verdict == .fail ? .warning : Mark(verdict)
    }
}

extension CaseResult {
    package var interopMark: Mark { mark(interop) }

    package var conformanceMark: Mark { mark(conformance) }

    /// The mark of the case as a whole.
    package var mark: Mark { mark(verdict) }

    /// Whether anything was sent for the case.
    package var wasExecuted: Bool {
        switch outcome {
        case .judged, .error: true
        case .notApplicable, .outOfTime: false
        }
    }

    /// The findings that report a SHOULD or an option that was not met.
    package var warnings: [Finding] { findings.filter { $0.mark == .warning } }

    /// The findings that made the verdict what it is, unless it is a pass.
    package var decidingFindings: [Finding] {
        findings.filter { $0.kind != .warning && $0.verdict == verdict && $0.verdict > .pass }
    }

    private func mark(_ verdict: Verdict) -> Mark {
        switch outcome {
        case .judged: Mark(verdict)
        case .error: .error
        case .notApplicable: .notApplicable
        case .outOfTime: .outOfTime
        }
    }
}
