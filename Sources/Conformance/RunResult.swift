package import Network

/// The results of one run of the harness: every case, and what is needed to repeat it.
package struct RunResult: Sendable, Equatable {
    /// How the cases were executed.
    package enum Mode: String, Sendable {
        case live
        case simulated
        case judged
    }

    /// The run's id, such as `20260821T143000Z-k3f9a`.
    package var id: String
    package var mode: Mode
    /// What every identifier and chance of a run that was played came from; one that was only judged has none.
    package var seed: UInt64?
    package var systemUnderTest: String
    package var started: Instant
    /// The real time that the run took, also where its cases ran in virtual time.
    package var elapsed: Duration
    package var cases: [CaseResult]
    /// The requirements that the findings name.
    package var requirements: [RequirementID: Requirement]
    /// Whether the run was stopped before its end, and why.
    package var incomplete: String?
    /// What people should know about the run as a whole, such as a missing capture right.
    package var remarks: [String]
    /// The known failures that hold no more, one sentence each.
    package var stale: [String] = []
    /// The ICS by which cases were found applicable, where there is one.
    package var statement: ConformanceStatement?
    /// Where the ICS says less than the tables ask for.
    package var shortfalls: [StatementShortfall] = []

    package init(
        id: String, mode: Mode, seed: UInt64?, systemUnderTest: String, started: Instant, elapsed: Duration = .zero,
        cases: [CaseResult] = [], requirements: [RequirementID: Requirement] = [:], incomplete: String? = nil,
        remarks: [String] = []
    ) {
        self.id = id
        self.mode = mode
        self.seed = seed
        self.systemUnderTest = systemUnderTest
        self.started = started
        self.elapsed = elapsed
        self.cases = cases
        self.requirements = requirements
        self.incomplete = incomplete
        self.remarks = remarks
    }

    package var executed: [CaseResult] { cases.filter { $0.verdict != .none } }
}
