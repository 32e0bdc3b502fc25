import Assessment
import Conformance

extension Assessor {
    /// Judges a case by what the description of a system says of it; where there is none, by what its capture says.
    init(_ testCase: TestCase, of system: SystemProfile?, recorded deviations: Set<Deviation> = []) {
        let keepsSettings = system?.preconditions[.settings].map { $0 != .clients } ?? false
        self.init(
            testCase, settingsBy: keepsSettings ? .operatorOfSystem : .clients,
            knownFor: system?.deviations ?? deviations)
    }
}
