import Conformance
import Network
import Scenarios

/// Which cases the ICS of what is tested and its deviations let be played, and why not the others.
struct Applicability {
    /// A case, and the items that it needs and that are not claimed, or the deviation that leaves nothing to test.
    struct Exclusion {
        let testCase: TestCase
        let reason: String
    }

    /// The cases that are played, in their order, as they are played with a system that deviates so.
    let applicable: [TestCase]
    let excluded: [Exclusion]
    private let testCases: [TestCase]

    /// - Parameters:
    ///   - testCases: The cases to choose from.
    ///   - statement: What is claimed; without one every case applies.
    ///   - parties: The parties of the cases that the statement is about.
    ///   - deviations: What the system is known to do otherwise.
    ///   - tables: Where the items stand.
    init(
        _ testCases: [TestCase], by statement: ConformanceStatement?, of parties: Set<PartyName>,
        knownFor deviations: Set<Deviation> = [], tables: SCRTables
    ) {
        self.testCases = testCases
        let exclusions = testCases.compactMap { testCase -> Exclusion? in
            guard !parties.isDisjoint(with: testCase.equipment.clients + [.server]) else {
                let names = parties.sorted().map(\.description).joined(separator: ", ")
                return Exclusion(testCase: testCase, reason: "It has no part for \(names), which is tested.")
            }
            let unclaimed = statement?.unclaimed(in: testCase, of: parties) ?? []
            guard !unclaimed.isEmpty else {
                return testCase.impediment(of: deviations).map { Exclusion(testCase: testCase, reason: $0.words) }
            }
            let items = unclaimed.map { id in
                // Where there are many, their names alone are enough to read.
                let title = unclaimed.count > 2 ? "" : tables[id].map { ", \($0.title)" } ?? ""
                return "\(id)" + (tables[id].map { " (\($0.status.letter)\(title))" } ?? "")
            }
            return Exclusion(testCase: testCase, reason: "ICS = no: " + items.joined(separator: ", "))
        }
        let ids = Set(exclusions.map(\.testCase.id))
        excluded = exclusions
        applicable = testCases.filter { !ids.contains($0.id) }.map { $0.adapted(to: deviations) }
    }

    /// The results of all cases in their order: of those that were played, and that the others are not applicable.
    ///
    /// - Parameters:
    ///   - results: One for each applicable case, in their order.
    ///   - time: When it was found that the others do not apply.
    /// - Returns: One for each case.
    func complete(_ results: [CaseResult], at time: Instant) -> [CaseResult] {
        var results = results[...]
        let reasons = Dictionary(excluded.map { ($0.testCase.id, $0.reason) }, uniquingKeysWith: { first, _ in first })
        return testCases.flatMap { testCase -> [CaseResult] in
            if let reason = reasons[testCase.id] {
                return [
                    CaseResult(
                        testCase: testCase, outcome: .notApplicable(reason: reason), started: time, elapsed: .zero)
                ]
            }
            return results.popFirst().map { [$0] } ?? []
        }
    }
}
