package import Conformance
import Dissection
import Network

/// A rule that every trace is judged by, whatever the test case.
package struct GeneralRule: Sendable {
    /// The stable name, such as `rfc3261.ack-for-2xx`.
    package let id: String
    package let title: String
    package let requirements: [RequirementID]
    let judge: @Sendable (Evidence) -> RuleOutcome

    /// Every general rule, in the order in which reports list them.
    package static let all: [GeneralRule] = grammar + signalling + sessions

    /// One finding that the rule holds, or one for each way in which a party breaks it; none where it does not apply.
    func findings(in evidence: Evidence) -> [Finding] {
        let outcome = judge(evidence)
        guard !outcome.violations.isEmpty else {
            guard outcome.occasions > 0 else { return [] }
            let times = outcome.occasions == 1 ? "on the one occasion" : "on all \(outcome.occasions) occasions"
            return [finding(.pass, expected: title, observed: "it holds \(times)")]
        }
        var groups: [Violation.Kind: [Violation]] = [:]
        for violation in outcome.violations { groups[violation.kind, default: []].append(violation) }
        return groups.values.sorted { $0[0].order < $1[0].order }.map { group in
            let first = group[0]
            let more = group.count == 1 ? "" : " (and \(group.count - 1) more)"
            var finding = finding(
                first.isDecided ? .fail : .inconclusive, expected: first.expected, observed: first.observed + more)
            finding.evidence = group.prefix(10).flatMap { $0.evidence.map(\.reference) }
            finding.party = first.isDecided ? first.party : nil
            finding.step = first.evidence.first?.step
            return finding
        }
    }

    private func finding(_ verdict: Verdict, expected: String, observed: String) -> Finding {
        Finding(
            check: id, kind: .conformance, verdict: verdict, title: title, requirements: requirements,
            expected: expected, observed: observed)
    }
}

/// What a general rule found in a trace.
struct RuleOutcome {
    /// How often the rule had something to say.
    var occasions = 0
    var violations: [Violation] = []

    mutating func note(_ violation: Violation?) {
        occasions += 1
        if let violation { violations.append(violation) }
    }
}

/// One breach of a general rule.
struct Violation {
    struct Kind: Hashable {
        var party: PartyName?
        var expected: String
        var isDecided: Bool
    }

    var party: PartyName?
    var expected: String
    var observed: String
    var evidence: [DissectedMessage]
    /// Whether the trace suffices to say so; otherwise it ends too early.
    var isDecided = true

    var kind: Kind { Kind(party: party, expected: expected, isDecided: isDecided) }
    fileprivate var order: Int { evidence.first?.number ?? 0 }
}
