import Conformance
import Dissection

extension Check {
    /// What the evidence says about this check.
    func findings(in evidence: Evidence) -> [Finding] {
        // What must not come may come at any time; what must come is due with its step.
        func one(_ judgment: Judgment) -> [Finding] {
            [finding(kind == .negative ? judgment : judgment.unlessUnreached(step, evidence))]
        }
        return switch condition {
        case .invited(let client, let inviter, let group, let times):
            one(Invitation(client: client, inviter: inviter, group: group, times: times).judge(evidence))
        case .established(let inviter, let invited):
            one(Establishment(inviter: inviter, invited: invited).judge(evidence))
        case .answered(let party):
            one(Answer(party: party).judge(evidence))
        case .received(let client, let content, let author, let mode, let times):
            one(
                Reception(client: client, content: content, author: author, mode: mode, times: times)
                    .judge(evidence))
        case .acknowledged(let client, let content, let mode, let times):
            one(
                Acknowledgement(client: client, content: content, mode: mode, times: times).judge(evidence))
        case .message(let selector, let times, let must, let should):
            FieldRules(selector: selector, times: times, must: must, should: should).findings(of: self, in: evidence)
        case .order(let first, let second, let precedence):
            one(Order(first: first, second: second, precedence: precedence).judge(evidence))
        case .participants(let client, let members, let anchor):
            one(Membership(client: client, members: members, anchor: anchor).judge(evidence))
        case .participant(let client, let other, let status, let anchor):
            one(
                ParticipantChange(client: client, other: other, status: status, anchor: anchor).judge(evidence))
        case .distinctAliases(let client):
            one(DistinctAliases(client: client).judge(evidence))
        case .aliasCollision(let holder, let joiner, let alias, let outcomes):
            one(
                AliasCollision(holder: holder, joiner: joiner, alias: alias, outcomes: outcomes).judge(evidence))
        case .hidden(let client, let other):
            one(Concealment(client: client, other: other).judge(evidence))
        case .listed(let client, let store, let which, let items, let properties):
            one(
                Listing(client: client, store: store, which: which, items: items, properties: properties)
                    .judge(evidence))
        case .removed(let client, let store, let deletion, let places):
            one(Removal(client: client, store: store, deletion: deletion, places: places).judge(evidence))
        case .retrieved(let client, let store, let retrieval, let texts):
            one(Retrieval(client: client, store: store, number: retrieval, texts: texts).judge(evidence))
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

    /// So many of what has a plural: `no item`, `exactly 1 item`, `at least 2 items`, `2 to 5 items`.
    func inWords(of one: String, many: String) -> String {
        let isOne = range.upperBound <= 1 || range == 1...Int.max
        return inWords(of: isOne ? one : many)
    }
}
