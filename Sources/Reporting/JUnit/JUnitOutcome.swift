import Conformance

/// How a verdict is told in JUnit's four words.
struct JUnitOutcome {
    enum Element {
        case none
        case failure
        case error
        case skipped
    }

    let element: Element
    let type: String
    /// One line.
    let message: String

    init(_ result: CaseResult) {
        if let reason = result.knownReason {
            (element, type, message) = (.skipped, "", "KNOWN: \(reason)".onOneLine.shortened(to: 300))
            return
        }
        let deciding = result.decidingFindings.first
        switch result.mark {
        case .pass, .warning:
            (element, type, message) = (.none, "", "")
        case .fail:
            let line = deciding.map(FindingText.line) ?? "The case failed"
            (element, type, message) = (.failure, deciding?.check ?? "fail", line.shortened(to: 300))
        case .inconclusive:
            let cause =
                deciding.map(FindingText.line) ?? result.remarks.first?.onOneLine ?? "The evidence does not decide"
            (element, type, message) = (.error, "inconclusive", cause.shortened(to: 300))
        case .error:
            (element, type, message) = (.error, "harness", (result.reason ?? "The harness failed").onOneLine)
        case .notApplicable:
            (element, type, message) = (.skipped, "", "N/A: \(result.reason ?? "")".onOneLine)
        case .outOfTime, .notJudged:
            (element, type, message) = (.skipped, "", "OUT-OF-TIME")
        }
    }
}
