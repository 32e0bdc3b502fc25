/// What the trace says about one check or one general rule: verdict, evidence, and the party at fault.
package struct Finding: Hashable, Sendable {
    /// The id of the check (`101.3`) or of the general rule (`rfc3261.ack-for-2xx`).
    package var check: String
    package var kind: Check.Kind
    package var verdict: Verdict
    /// One line for people: what the check asks.
    package var title: String
    package var requirements: [RequirementID]
    package var expected: String
    package var observed: String
    /// The messages that decide, in the order of the trace.
    package var evidence: [MessageReference]
    /// The step of the scenario, as numbered there.
    package var step: String?
    package var position: SourcePosition?
    /// The party at fault, where the verdict is `fail` and the trace shows whose fault it is.
    package var party: PartyName?
    /// Why an absence or a count could be decided.
    package var decision: Decision
    /// Why it is known that the finding fails, where it is known.
    package var known: String?

    package init(
        check: String, kind: Check.Kind, verdict: Verdict, title: String, requirements: [RequirementID],
        expected: String, observed: String, evidence: [MessageReference] = [], step: String? = nil,
        position: SourcePosition? = nil, party: PartyName? = nil, decision: Decision = .presence
    ) {
        self.check = check
        self.kind = kind
        self.verdict = verdict
        self.title = title
        self.requirements = requirements
        self.expected = expected
        self.observed = observed
        self.evidence = evidence
        self.step = step
        self.position = position
        self.party = party
        self.decision = decision
    }
}

/// What made a finding decidable.
package enum Decision: Hashable, Sendable {
    /// The messages that are there decide.
    case presence
    /// A later message on the same ordered path shows that nothing else was under way.
    case fence(MessageReference)
    /// Nothing came during this long after the last relevant message.
    case window(Duration, WindowReason)
}

/// Why no fence could decide, so that time had to pass.
package enum WindowReason: String, CaseIterable, Sendable {
    /// Datagrams may overtake each other on the way to the client.
    case unordered
    /// The client asked for nothing later on the path by which it would have come.
    case unasked
    /// The protocol gives its sender so much time.
    case deadline
}

/// A message of the trace, counted from 1, with the packet of the capture that completes it.
package struct MessageReference: Hashable, Sendable {
    package var message: Int
    package var packet: Int?

    package init(message: Int, packet: Int?) {
        self.message = message
        self.packet = packet
    }
}
