import Conformance
import Dissection

/// What one question to the evidence came to.
struct Judgment {
    var verdict: Verdict
    var expected: String
    var observed: String
    var evidence: [MessageReference] = []
    var party: PartyName?
    var decision: Decision = .presence

    static func pass(
        _ expected: String, observed: String, _ evidence: [DissectedMessage], _ decision: Decision = .presence
    ) -> Judgment {
        Judgment(
            verdict: .pass, expected: expected, observed: observed, evidence: evidence.map(\.reference),
            decision: decision)
    }

    static func fail(
        _ expected: String, observed: String, _ evidence: [DissectedMessage], _ party: PartyName?,
        _ decision: Decision = .presence
    ) -> Judgment {
        Judgment(
            verdict: .fail, expected: expected, observed: observed, evidence: evidence.map(\.reference), party: party,
            decision: decision)
    }

    static func inconclusive(_ expected: String, observed: String, _ evidence: [DissectedMessage] = []) -> Judgment {
        Judgment(verdict: .inconclusive, expected: expected, observed: observed, evidence: evidence.map(\.reference))
    }
}

extension Judgment {
    /// The judgment of something that did not come: it shows nothing where the step that asks for it was never begun.
    func unlessUnreached(_ step: String?, _ evidence: Evidence) -> Judgment {
        guard verdict == .fail, let step, !evidence.reached(step) else { return self }
        return Judgment(
            verdict: .inconclusive, expected: expected, observed: "\(observed); step \(step) was never begun",
            evidence: self.evidence)
    }
}
