// What becomes of a case at a system that deviates.
extension TestCase {
    /// What keeps the case from being applicable to a system that deviates so; nil for nothing.
    package func impediment(of deviations: Set<Deviation>) -> Impediment? {
        impediments.first { deviations.contains($0.deviation) }
    }
}
