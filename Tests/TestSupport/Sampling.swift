import Foundation

extension Sequence {
    /// Every fifth, beginning with the first; all of them for whoever sets `PARLEY_EVERY_CASE=1`, as `make prove` does.
    ///
    /// For what is tried with every case of the suite or at every message of one, beside the tests that are about it.
    package var sampled: [Element] {
        let step = ProcessInfo.processInfo.environment["PARLEY_EVERY_CASE"] == "1" ? 1 : 5
        return enumerated().filter { $0.offset.isMultiple(of: step) }.map(\.element)
    }
}
