package import Conformance
import Dissection

/// Computes the verdicts of a test case from a trace: the same for a live run, a simulated one, and a capture.
package struct Assessor: Sendable {
    /// How long nothing must have come, in the absence of a fence, until an absence counts as shown.
    package static let quietWindow = Duration.seconds(3)

    private let testCase: TestCase
    private let quietWindow: Duration
    private let keeping: SettingsKeeping
    private let deviations: Set<Deviation>

    /// By whom the settings of users are set.
    package enum SettingsKeeping: Sendable {
        /// By the clients, who are not ready where the server refuses them.
        case clients
        case operatorOfSystem
    }

    package init(
        _ testCase: TestCase, quietWindow: Duration = Assessor.quietWindow,
        settingsBy keeping: SettingsKeeping = .clients,
        knownFor deviations: Set<Deviation> = []
    ) {
        self.deviations = deviations
        self.testCase = testCase
        self.quietWindow = quietWindow
        self.keeping = keeping
    }

    package func assess(_ trace: Trace) -> Assessed {
        var evidence = Evidence(
            Dissection(of: trace), quietWindow: quietWindow, texts: testCase.texts, pages: testCase.pages,
            media: Set(testCase.equipment.contents.map(\.bytes)), steps: testCase.stepsOnTheWire)
        var outcomes = GeneralRule.all.map { $0.outcome(in: evidence) }
        evidence.offenses = Offenses(of: outcomes)
        // Whoever was told something wrong may be excused by a second reading, which has less to say than the first.
        if !evidence.offenses.isEmpty { outcomes = GeneralRule.all.map { $0.outcome(in: evidence) } }
        let preconditions = testCase.preamble.compactMap { step in
            Preamble.finding(for: step, settingsBy: keeping, in: evidence).map { (party: step.party, finding: $0) }
        }
        let unprepared = Set(preconditions.filter { $0.finding.verdict != .pass }.map(\.party))
        var findings = preconditions.map(\.finding)
        for var check in testCase.checks {
            let way = check.unless.flatMap { deviations.contains($0) ? $0 : nil }
            if way != nil { check.kind = .warning }
            var found = check.findings(in: evidence)
            if let way { found = found.map { $0.decidingNothing(of: way) } }
            if !unprepared.isEmpty { found = found.map { $0.withoutPreconditions(of: unprepared) } }
            findings += found
        }
        let general = zip(GeneralRule.all, outcomes).flatMap { $0.findings(of: $1) }
        if let standstill = Standstill.finding(of: testCase, in: evidence, beside: findings + general) {
            findings.append(unprepared.isEmpty ? standstill : standstill.withoutPreconditions(of: unprepared))
        }
        findings += general
        return Assessed(
            interop: Self.worst(of: findings) { $0 == .criterion || $0 == .negative },
            // What a defective trace lacks may have broken any rule.
            conformance: max(
                Self.worst(of: findings) { $0 == .conformance }, trace.defects.isEmpty ? .none : .inconclusive),
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
        Set((preamble + procedure + postamble).flatMap(\.action.texts))
    }

    /// The texts that its steps send outside a session.
    fileprivate var pages: Set<String> {
        Set((preamble + procedure).compactMap { if case .page(let text, _) = $0.action { text } else { nil } })
    }
}

extension TestCase {
    /// The numbers of the steps in which somebody sends something.
    fileprivate var stepsOnTheWire: Set<Int> {
        Set(procedure.filter(\.action.sends).compactMap { $0.label.stepNumber })
    }
}

extension Action {
    /// Whether somebody sends something because of it; other steps wait for what earlier ones bring, or for nothing.
    fileprivate var sends: Bool {
        switch self {
        case .nothing, .receive, .await: false
        default: true
        }
    }
}

extension Finding {
    /// The finding of a check that decides nothing for a system that goes this way, which says so.
    fileprivate func decidingNothing(of way: Deviation) -> Finding {
        var finding = self
        finding.expected += " (decides nothing here: the system is described as “\(way.rawValue)”)"
        return finding
    }

    /// The finding of a check when these parties were not ready: a failure shows nothing then, unless it is their own
    /// failure to do what the specification asks of them.
    fileprivate func withoutPreconditions(of unprepared: Set<PartyName>) -> Finding {
        let isTheirs = party.map(unprepared.contains) ?? false
        guard verdict == .fail, kind != .conformance || !isTheirs else { return self }
        var finding = self
        finding.verdict = .inconclusive
        finding.party = nil
        finding.observed += "; the preconditions were not met, so this shows nothing"
        return finding
    }
}
