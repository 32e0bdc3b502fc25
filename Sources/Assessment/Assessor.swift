package import Conformance
import Dissection

/// Computes the verdicts of a test case from a trace: the same for a live run, a simulated one, and a capture.
package struct Assessor: Sendable {
    /// How long nothing must have come, in the absence of a fence, until an absence counts as shown.
    package static let quietWindow = Duration.seconds(3)

    private let testCase: TestCase
    private let quietWindow: Duration

    package init(_ testCase: TestCase, quietWindow: Duration = Assessor.quietWindow) {
        self.testCase = testCase
        self.quietWindow = quietWindow
    }

    package func assess(_ trace: Trace) -> Assessed {
        let evidence = Evidence(Dissection(of: trace), quietWindow: quietWindow, texts: testCase.texts)
        let preconditions = testCase.preamble.compactMap { Preamble.finding(for: $0, in: evidence) }
        let hasStarted = preconditions.allSatisfy { $0.verdict == .pass }
        var findings = preconditions
        for check in testCase.checks {
            var found = check.findings(in: evidence)
            if !hasStarted { found = found.map(\.withoutPreconditions) }
            findings += found
        }
        for rule in GeneralRule.all { findings += rule.findings(in: evidence) }
        return Assessed(
            interop: Self.worst(of: findings) { $0 == .criterion || $0 == .negative },
            conformance: Self.worst(of: findings) { $0 == .conformance },
            findings: findings, messages: evidence.dissection.summaries)
    }

    private static func worst(of findings: [Finding], where decides: (Check.Kind) -> Bool) -> Verdict {
        let verdict = findings.filter { decides($0.kind) }.map(\.verdict).max() ?? .none
        return verdict == .none ? .inconclusive : verdict
    }
}

/// The judgment of one trace.
package struct Assessed: Sendable {
    package var interop: Verdict
    package var conformance: Verdict
    package var findings: [Finding]
    package var messages: [MessageSummary]
}

extension TestCase {
    /// The texts that its steps send.
    fileprivate var texts: Set<String> {
        Set(
            (preamble + procedure + postamble).compactMap { step in
                switch step.action {
                case .send(let text, _), .page(let text, _): text
                case .compose(let request): request.body
                case .logIn, .logOut, .invite, .accept, .decline, .leave, .await: nil
                }
            })
    }
}

extension Finding {
    /// The finding of a check whose preconditions were not reached: a failure shows nothing then.
    fileprivate var withoutPreconditions: Finding {
        guard verdict == .fail, kind == .criterion || kind == .negative else { return self }
        var finding = self
        finding.verdict = .inconclusive
        finding.party = nil
        finding.observed += "; the preconditions were not met, so this shows nothing"
        return finding
    }
}
