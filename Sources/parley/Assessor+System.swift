import Assessment
import Conformance

extension Assessor {
    /// Judges a case by what the description of a system says of it, where there is one.
    init(_ testCase: TestCase, of system: SystemProfile?) {
        let keepsSettings = system?.preconditions[.settings].map { $0 != .clients } ?? false
        self.init(
            testCase, settingsBy: keepsSettings ? .operatorOfSystem : .clients, knownFor: system?.deviations ?? [])
    }
}
