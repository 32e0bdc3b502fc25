import Conformance
import Dissection

/// What a general rule found in a trace.
struct RuleOutcome {
    /// How often the rule had something to say.
    private(set) var occasions = 0
    /// The breaches, those of one kind together, in the order in which the kinds first appeared.
    private(set) var breaches: [[Breach]] = []
    private var places: [Breach.Kind: Int] = [:]

    /// Notes an occasion, and the breach that it was, if any.
    mutating func note(_ breach: Breach?) {
        occasions += 1
        guard let breach else { return }
        if let place = places[breach.kind] {
            breaches[place].append(breach)
        } else {
            places[breach.kind] = breaches.count
            breaches.append([breach])
        }
    }
}

/// One breach of a general rule.
struct Breach {
    struct Kind: Hashable {
        var party: PartyName?
        var expected: String
        var isDecided: Bool
    }

    var party: PartyName?
    var expected: String
    var observed: String
    var evidence: [DissectedMessage]
    /// Where the trace must show an absence, why it does; an absence without a decision is not decided.
    var decision: Decision?
    /// The clause broken, where the rule stands for several.
    var clause: String?

    init(
        of party: PartyName?, _ expected: String, _ observed: String, _ evidence: [DissectedMessage],
        decision: Decision? = .presence, clause: String? = nil
    ) {
        self.party = party
        self.expected = expected
        self.observed = observed
        self.evidence = evidence
        self.decision = decision
        self.clause = clause
    }

    /// Whether the trace suffices to say so; otherwise it ends too early.
    var isDecided: Bool { decision != nil }

    var kind: Kind { Kind(party: party, expected: expected, isDecided: isDecided) }
}
