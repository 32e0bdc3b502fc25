package import Conformance
import Parallelism
import Synchronization

/// What every scenario makes of every defect: the proof that each check can fail, and fails for the right reason.
package struct DefectMatrix: Sendable {
    package let rows: [Row]

    /// Performs every case with every defect, in virtual time.
    ///
    /// - Parameters:
    ///   - testCases: The cases, each a row.
    ///   - workers: How many cases to perform at once.
    ///   - observe: Hears of every row that is done, one at a time.
    package init(of testCases: [TestCase], workers: Int, observe: @Sendable (Row) -> Void = { _ in }) {
        let told = Mutex(())
        rows = testCases.concurrentMap(workers: workers) { testCase in
            let row = Row(of: testCase)
            told.withLock { _ in observe(row) }
            return row
        }
    }

    /// What is not as a suite that can be trusted has it.
    ///
    /// - Parameter isWhole: Whether these are all cases, of which some must catch each defect.
    /// - Returns: One complaint for each thing that is missing; none when the suite can be trusted.
    package func complaints(isWhole: Bool) -> [Complaint] {
        let survivors = isWhole ? Set(rows.flatMap { Culprit.all(in: $0.testCase) }.map(\.kind)) : []
        let caught = Set(rows.flatMap(\.catches.keys).map(\.kind))
        return rows.flatMap(\.complaints) + survivors.subtracting(caught).sorted().map(Complaint.survives)
    }
}

extension DefectMatrix {
    /// Why a matrix proves less than it should.
    package enum Complaint: Hashable, Sendable, CustomStringConvertible {
        /// The reference server and clients do not pass by themselves.
        case unclean(testCase: String, finding: String)
        /// No defect makes the check fail.
        case infallible(testCase: String, check: String)
        /// No case catches the defect.
        case survives(String)
        /// Somebody else is blamed than the one who is wrong, or is blamed as well.
        case misblamed(testCase: String, culprit: String, blamed: [String])

        package var description: String {
            switch self {
            case .unclean(let testCase, let finding): "\(testCase): nobody is wrong, and yet \(finding)"
            case .infallible(let testCase, let check): "\(testCase): no defect makes \(check) fail"
            case .survives(let defect): "\(defect) is caught by no case"
            case .misblamed(let testCase, let culprit, let blamed):
                "\(testCase): \(culprit) is wrong, and blamed is \(blamed.joined(separator: ", "))"
            }
        }
    }
}
