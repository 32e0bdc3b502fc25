package import Conformance

/// A performance of which everybody's part is kept.
package struct Rehearsal: Sendable {
    package let performance: Performance
    private let parts: [PartyName: Part]

    /// Performs a test case to its end.
    package init(_ simulation: consuming Simulation) {
        simulation.keepParts()
        simulation.run()
        performance = simulation.performance
        parts = simulation.parts
    }

    /// Whether a performance comes to the same that differs in one party only.
    ///
    /// Nobody else needs to be there to find out: as long as this party does what was done in its place, all others meet
    /// with the same as before, and so does it.
    ///
    /// - Parameters:
    ///   - simulation: A performance with the same seed, which has not begun.
    ///   - party: The party in which it differs.
    /// - Returns: Whether that party does nothing but what was done before.
    package func isSame(as simulation: consuming Simulation, but party: PartyName) -> Bool {
        parts[party]?.isDone { cue, time in simulation.answer(cue, as: party, at: time) } ?? true
    }
}
