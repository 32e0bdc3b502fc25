/// A failure of a system under test that is known, with the reason and the day until which it is put up with.
///
/// It changes no verdict: the finding still says what is wrong, and only stops deciding the exit status.
package struct KnownFailure: Hashable, Sendable {
    /// The cases: an id in which `*` stands for anything.
    package var testCase: String
    /// The checks and general rules, likewise.
    package var check: String
    package var reason: String
    /// The last day on which it holds, as `2027-03-31`.
    package var until: String
    package var position: SourcePosition

    package init(testCase: String, check: String, reason: String, until: String, position: SourcePosition) {
        self.testCase = testCase
        self.check = check
        self.reason = reason
        self.until = until
        self.position = position
    }

    /// Whether it still holds on this day, written in the same way.
    package func holds(on day: String) -> Bool { day <= until }
}
