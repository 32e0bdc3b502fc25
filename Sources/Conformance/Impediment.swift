/// A deviation of a system under which the object of a test case cannot be tested.
package struct Impediment: Sendable, Equatable {
    package var deviation: Deviation
    /// Why not, in a sentence for people.
    package var reason: String

    package init(deviation: Deviation, reason: String) {
        self.deviation = deviation
        self.reason = reason
    }

    /// Why a case is not applicable, for the reports.
    package var words: String { "Deviation \(deviation.rawValue): \(reason)" }
}
