package import Conformance

/// What came of performing a test case, before anybody judges it.
package struct Performance: Sendable {
    package var trace: Trace
    package var outcome: Stage.Outcome
    package var remarks: [String]
    /// How long it took on the clock it ran by.
    package var elapsed: Duration
    /// What whoever reads a capture of secured connections needs, in the format of a key log, one a line.
    package var secrets: [String]
    /// The step of a real client that was not done, and why, as a sentence; what is missing then shows nothing.
    package var undone: String?

    package init(
        trace: Trace, outcome: Stage.Outcome, remarks: [String], elapsed: Duration, secrets: [String] = []
    ) {
        self.secrets = secrets
        self.trace = trace
        self.outcome = outcome
        self.remarks = remarks
        self.elapsed = elapsed
    }
}
