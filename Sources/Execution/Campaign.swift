import Bytes
package import Conformance
import Dispatch
import Synchronization

/// Which cases are executed, how often, in which order, and by how many workers at once.
package struct Campaign: Sendable {
    /// One execution of a test case, waiting for a worker.
    package struct Assignment: Sendable {
        package var testCase: TestCase
        /// The place of the case in the selection, counted from 0.
        package var index: Int
        /// Counted from 1.
        package var attempt: Int
        /// The block of addresses that the worker uses, so that workers do not meet.
        package var slot: UInt8
    }

    package enum Event: Sendable {
        case started(Assignment)
        case finished(Assignment, CaseResult)
    }

    /// The order in which cases are begun; results keep the order of the selection.
    package enum Order: String, CaseIterable, Sendable {
        case declared
        case reversed
        case random
    }

    private let testCases: [TestCase]
    private let repetitions: Int
    private let workers: Int
    private let order: [Int]

    /// - Parameters:
    ///   - testCases: The selection.
    ///   - repetitions: How often each case is executed, at least once.
    ///   - workers: How many cases are executed at once, at most 200.
    ///   - order: The order in which cases are begun.
    ///   - seed: Decides the random order.
    package init(
        _ testCases: [TestCase], repetitions: Int = 1, workers: Int = 1, order: Order = .declared, seed: UInt64
    ) {
        self.testCases = testCases
        self.repetitions = max(1, repetitions)
        self.workers = min(max(1, workers), 200)
        switch order {
        case .declared: self.order = Array(testCases.indices)
        case .reversed: self.order = testCases.indices.reversed()
        case .random:
            var generator = SeededGenerator(seed: seed)
            self.order = testCases.indices.shuffled(using: &generator)
        }
    }

    /// Executes everything and folds the attempts at each case into one result.
    ///
    /// - Parameters:
    ///   - execute: Executes one assignment; it is called by several workers at once.
    ///   - isStopped: Whether to begin nothing more; cases that were never begun are out of time.
    ///   - observe: Hears of every start and end, one at a time.
    /// - Returns: One result for each case of the selection, in its order.
    package func run(
        execute: @escaping @Sendable (Assignment) -> CaseResult, isStopped: @escaping @Sendable () -> Bool = { false },
        observe: @escaping @Sendable (Event) -> Void
    ) -> [CaseResult] {
        let ledger = Mutex(Ledger(folds: Array(repeating: AttemptFold(), count: testCases.count)))
        let group = DispatchGroup()
        let total = order.count * repetitions
        for worker in 0..<min(workers, max(1, total)) {
            DispatchQueue(label: "worker \(worker)").async(group: group) {
                while !isStopped() {
                    let place = ledger.withLock { ledger in
                        ledger.next += 1
                        return ledger.next - 1
                    }
                    guard place < total else { return }
                    let index = order[place % order.count]
                    let assignment = Assignment(
                        testCase: testCases[index], index: index, attempt: place / order.count + 1,
                        slot: UInt8(worker))
                    ledger.withLock { _ in observe(.started(assignment)) }
                    var result = execute(assignment)
                    result.attempt = assignment.attempt
                    ledger.withLock { ledger in
                        ledger.folds[index].add(result)
                        observe(.finished(assignment, result))
                    }
                }
            }
        }
        group.wait()
        return ledger.withLock { ledger in
            testCases.indices.map { ledger.folds[$0].result(for: testCases[$0]) }
        }
    }

    private struct Ledger: Sendable {
        var next = 0
        var folds: [AttemptFold]
    }
}
