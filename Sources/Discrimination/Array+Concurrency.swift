import Dispatch
import Synchronization

extension Array where Element: Sendable {
    /// What becomes of each element, in their order, by so many workers at once.
    package func concurrentMap<Result: Sendable>(
        workers: Int, _ transform: @escaping @Sendable (Element) -> Result
    ) -> [Result] {
        let ledger = Mutex<(next: Int, results: [Int: Result])>((0, [:]))
        let group = DispatchGroup()
        for worker in 0..<Swift.max(1, Swift.min(workers, count)) {
            DispatchQueue(label: "worker \(worker)").async(group: group) {
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
        }
        group.wait()
        return ledger.withLock { ledger in indices.compactMap { ledger.results[$0] } }
    }
}
