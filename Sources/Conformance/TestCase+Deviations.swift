// What becomes of a case at a system that deviates.
extension TestCase {
    /// What keeps the case from being applicable to a system that deviates so; nil for nothing.
    package func impediment(of deviations: Set<Deviation>) -> Impediment? {
        impediments.first { deviations.contains($0.deviation) }
    }

    /// The case as it is played with a system that deviates so: a session of two that is recorded begins as one of two
    /// users, where that has no focus, and not as a conference with a list of one.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §13.1.1 (1)
    package func adapted(to deviations: Set<Deviation>) -> TestCase {
        guard deviations.contains(.historyByList), !deviations.contains(.oneToOneByFactory) else { return self }
        let recorded = Set(
            (preamble + procedure).compactMap { step in
                if case .record(let session, _) = step.action { session } else { nil }
            })
        func adapt(_ step: Step) -> Step {
            guard case .invite(.list(let clients), let session) = step.action, clients.count == 1,
                recorded.contains(session)
            else { return step }
            var step = step
            step.action = .invite(.client(clients[0]), session: session)
            return step
        }
        var testCase = self
        testCase.preamble = preamble.map(adapt)
        testCase.procedure = procedure.map(adapt)
        return testCase
    }
}
