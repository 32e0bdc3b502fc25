import Foundation

/// How much of what could be tried is tried.
package enum Sampling {
    /// Whether all of it is: for whoever sets `PARLEY_EVERY_CASE=1`, as `make prove` does.
    package static let isWhole = ProcessInfo.processInfo.environment["PARLEY_EVERY_CASE"] == "1"
}

extension Sequence {
    /// Every fifth, beginning with the first, unless all are asked for.
    ///
    /// For what is tried with every case of the suite or at every message of one, beside the tests that are about it.
    package var sampled: [Element] {
        enumerated().filter { Sampling.isWhole || $0.offset.isMultiple(of: 5) }.map(\.element)
    }
}
