import Conformance
import Dissection

extension Check {
    /// What the evidence says about this check.
    func findings(in evidence: Evidence) -> [Finding] {
        switch condition {
        case .invited(let client, let inviter, let times):
            [finding(Invitation(client: client, inviter: inviter, times: times).judge(evidence))]
        case .established(let inviter, let invited):
            [finding(Establishment(inviter: inviter, invited: invited).judge(evidence))]
        case .answered(let party):
            [finding(Answer(party: party).judge(evidence))]
        case .received(let client, let text, let sender, let mode, let times):
            [finding(Reception(client: client, text: text, sender: sender, mode: mode, times: times).judge(evidence))]
        case .acknowledged(let client, let text, let mode):
            [finding(Acknowledgement(client: client, text: text, mode: mode).judge(evidence))]
        case .message(let selector, let times, let must, let should):
            FieldRules(selector: selector, times: times, must: must, should: should).findings(of: self, in: evidence)
        case .order(let first, let second):
            [finding(Order(first: first, second: second).judge(evidence))]
        }
    }

    func finding(_ judgment: Judgment) -> Finding {
        Finding(
            check: id, kind: kind, verdict: judgment.verdict, title: title, requirements: requirements,
            expected: judgment.expected, observed: judgment.observed, evidence: judgment.evidence, step: step,
            position: position, party: judgment.verdict == .fail ? judgment.party : nil,
            decision: judgment.decision)
    }
}

/// What one question to the evidence came to.
struct Judgment {
    var verdict: Verdict
    var expected: String
    var observed: String
    var evidence: [MessageReference] = []
    var party: PartyName?
    var decision: Decision = .presence
}
