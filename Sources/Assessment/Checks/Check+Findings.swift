import Conformance
import Dissection

extension Check {
    /// What the evidence says about this check.
    func findings(in evidence: Evidence) -> [Finding] {
        switch condition {
        case .invited(let client, let inviter, let group, let times):
            [finding(Invitation(client: client, inviter: inviter, group: group, times: times).judge(evidence))]
        case .established(let inviter, let invited):
            [finding(Establishment(inviter: inviter, invited: invited).judge(evidence))]
        case .answered(let party):
            [finding(Answer(party: party).judge(evidence))]
        case .received(let client, let content, let author, let mode, let times):
            [
                finding(
                    Reception(client: client, content: content, author: author, mode: mode, times: times)
                        .judge(evidence))
            ]
        case .acknowledged(let client, let content, let mode, let times):
            [
                finding(
                    Acknowledgement(client: client, content: content, mode: mode, times: times).judge(evidence))
            ]
        case .message(let selector, let times, let must, let should):
            FieldRules(selector: selector, times: times, must: must, should: should).findings(of: self, in: evidence)
        case .order(let first, let second, let precedence):
            [finding(Order(first: first, second: second, precedence: precedence).judge(evidence))]
        case .participants(let client, let members, let anchor):
            [finding(Membership(client: client, members: members, anchor: anchor).judge(evidence))]
        case .participant(let client, let other, let status, let anchor):
            [
                finding(
                    ParticipantChange(client: client, other: other, status: status, anchor: anchor).judge(evidence))
            ]
        case .distinctAliases(let client):
            [finding(DistinctAliases(client: client).judge(evidence))]
        case .aliasCollision(let holder, let joiner, let alias, let outcomes):
            [
                finding(
                    AliasCollision(holder: holder, joiner: joiner, alias: alias, outcomes: outcomes).judge(evidence))
            ]
        case .hidden(let client, let other):
            [finding(Concealment(client: client, other: other).judge(evidence))]
        case .listed(let client, let store, let which, let items, let properties):
            [
                finding(
                    Listing(client: client, store: store, which: which, items: items, properties: properties)
                        .judge(evidence))
            ]
        case .removed(let client, let store, let deletion, let places):
            [finding(Removal(client: client, store: store, deletion: deletion, places: places).judge(evidence))]
        case .retrieved(let client, let store, let retrieval, let texts):
            [finding(Retrieval(client: client, store: store, number: retrieval, texts: texts).judge(evidence))]
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

extension Count {
    /// So many of something, such as `no INVITE`, `exactly 1 INVITE`, `at least 1 INVITE`.
    func inWords(of what: String) -> String {
        switch (range.lowerBound, range.upperBound) {
        case (0, 0): "no \(what)"
        case (let low, Int.max): "at least \(low) \(what)"
        default: "\(self) \(what)"
        }
    }
}
