package import Conformance

/// What a run is measured by besides right and wrong: the failures that are known.
package struct Baseline: Sendable {
    private let entries: [KnownFailure]
    private let today: String

    /// - Parameters:
    ///   - knownFailures: What may fail; what has run out by today may not.
    ///   - today: The day of the run, such as `2026-11-26`.
    package init(_ knownFailures: [KnownFailure], today: String) {
        entries = knownFailures
        self.today = today
    }

    /// Says of each finding that fails whether and why that is known.
    package func mark(_ result: inout CaseResult) {
        for index in result.findings.indices where result.findings[index].isUnmet {
            let finding = result.findings[index]
            result.findings[index].known =
                entries.first { $0.holds(on: today) && $0.covers(finding, of: result.testCase) }?.reason
        }
    }

    /// What no longer holds, one sentence each: it has run out, nothing of it fails, or there is no such case.
    ///
    /// What belongs to cases that were not executed is left alone.
    package func stale(after cases: [CaseResult], of ids: [String]) -> [String] {
        entries.compactMap { entry in
            guard ids.contains(where: entry.covers) else {
                return "\(entry.words) names no test case; take it out."
            }
            let executed = cases.filter { $0.wasExecuted && entry.covers($0.testCase.id) }
            let failing = executed.flatMap { result in
                result.findings.filter { $0.isUnmet && entry.covers($0, of: result.testCase) }
            }
            guard !executed.isEmpty else { return nil }
            guard !failing.isEmpty else { return "\(entry.words) fails no more; take it out." }
            guard !entry.holds(on: today) else { return nil }
            return "\(entry.words) was put up with until \(entry.until); mend what fails, or give it a later day."
        }
    }
}

extension RunResult {
    /// That cases did not pass for known reasons, in a sentence without its point; nil where there are none.
    var expectationSentence: String? {
        let known = cases.count { $0.knownReason != nil }
        return known == 0 ? nil : "Expected: \(plural(known, "case")) did not pass for known reasons"
    }

    /// Whether it is known of all the cases that give the run its mark.
    var isKnown: Bool {
        let gravest = executed.filter { $0.mark == mark }
        return !gravest.isEmpty && gravest.allSatisfy { $0.knownReason != nil }
    }

    /// The mark of the run in words.
    var verdictInWords: String { isKnown ? "\(mark.word), as is known" : mark.word }
}

extension KnownFailure {
    func covers(_ id: String) -> Bool { Wildcard(testCase).matches(id) }

    func covers(_ finding: Finding, of testCase: TestCase) -> Bool {
        covers(testCase.id) && Wildcard(check).matches(finding.check)
    }

    fileprivate var words: String { "The known failure \(check) of \(testCase) (\(position))" }
}

extension Finding {
    /// Whether it keeps its case from passing.
    fileprivate var isUnmet: Bool { kind != .warning && verdict > .pass }
}

extension CaseResult {
    /// Why the case fails, where everything is known that keeps it from passing.
    package var knownReason: String? {
        let unmet = findings.filter(\.isUnmet)
        guard !unmet.isEmpty, verdict != .error, unmet.allSatisfy({ $0.known != nil }) else { return nil }
        return unmet.compactMap(\.known).reduce(into: [String]()) { reasons, reason in
            if !reasons.contains(reason) { reasons.append(reason) }
        }.joined(separator: "; ")
    }
}
