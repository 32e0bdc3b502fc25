package import Conformance
import Dissection

/// A rule that every trace is judged by, whatever the test case.
package struct GeneralRule: Sendable {
    /// The stable name, such as `rfc3261.ack-for-2xx`.
    package let id: String
    package let title: String
    package let requirements: [RequirementID]
    let judge: @Sendable (Evidence, inout RuleOutcome) -> Void

    init(
        id: String, title: String, requirements: [String],
        judge: @escaping @Sendable (Evidence, inout RuleOutcome) -> Void
    ) {
        self.id = id
        self.title = title
        self.requirements = requirements.map(RequirementID.init)
        self.judge = judge
    }

    /// Every general rule, in the order in which reports list them.
    package static let all: [GeneralRule] =
        grammar + transactions + invitations + dialogs + proxying + registration + pages + sessions + contents
        + connections + subscriptions + references + conferences + lists + switching + files + documents + service
        + dispositions

    /// What the rule finds in a trace.
    func outcome(in evidence: Evidence) -> RuleOutcome {
        var outcome = RuleOutcome()
        judge(evidence, &outcome)
        return outcome
    }

    /// One finding that the rule holds, or one for each way in which a party breaks it; none where it does not apply.
    func findings(of outcome: RuleOutcome) -> [Finding] {
        guard !outcome.breaches.isEmpty else {
            guard outcome.occasions > 0 else { return [] }
            let times = outcome.occasions == 1 ? "on the one occasion" : "on all \(outcome.occasions) occasions"
            return [finding(.pass, requirements, expected: title, observed: "it holds \(times)")]
        }
        return outcome.breaches.map { finding(of: $0) }
    }

    /// The finding for all breaches of one kind, told by the first of them.
    private func finding(of breaches: [Breach]) -> Finding {
        let first = breaches[0]
        let more = breaches.count == 1 ? "" : " (and \(breaches.count - 1) more)"
        let closer = first.clause.map { clause in requirements.filter { $0.isOf(clause: clause) } } ?? requirements
        var finding = finding(
            first.isDecided ? .fail : .inconclusive, closer.isEmpty ? requirements : closer, expected: first.expected,
            observed: first.observed + more)
        finding.evidence = breaches.prefix(10).flatMap { $0.evidence.map(\.reference) }
        finding.party = first.isDecided ? first.party : nil
        finding.step = first.evidence.first?.step
        finding.decision = first.decision ?? .presence
        return finding
    }

    private func finding(
        _ verdict: Verdict, _ requirements: [RequirementID], expected: String, observed: String
    ) -> Finding {
        Finding(
            check: id, kind: .conformance, verdict: verdict, title: title, requirements: requirements,
            expected: expected, observed: observed)
    }
}

extension RequirementID {
    /// Whether the requirement is one of this clause, such as `RFC3261-8.1.1.7-branch-cookie` of `RFC 3261 §8.1.1.7`.
    fileprivate func isOf(clause: String) -> Bool {
        let document = clause.replacing("OMA-TS-SIMPLE_IM-V1_0", with: "TS")
        return description.hasPrefix(document.replacing(" §", with: "-").replacing(" ", with: "") + "-")
    }
}
