import Dispatch
import Synchronization

extension Array where Element: Sendable {
    /// What becomes of each element, in their order, made at once by all processors, or by no more than so many workers.
    ///
    /// - Precondition: There is at least one worker.
    package func concurrentMap<Result: Sendable>(
        workers: Int = .max, _ transform: @Sendable (Element) -> Result
    ) -> [Result] {
        precondition(workers > 0, "Somebody has to do it")
        let ledger = Mutex<(next: Int, results: [Int: Result])>((0, [:]))
        DispatchQueue.concurrentPerform(iterations: Swift.min(workers, count)) { _ in
            while true {
                let place = ledger.withLock { ledger in
                    ledger.next += 1
                    return ledger.next - 1
                }
                guard place < count else { return }
                let result = transform(self[place])
                ledger.withLock { $0.results[place] = result }
            }
        }
        return ledger.withLock { ledger in indices.compactMap { ledger.results[$0] } }
    }
}
