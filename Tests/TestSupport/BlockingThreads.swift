import Foundation
package import Testing

/// Runs tests that wait for other programs on threads of their own, each in a scope.
///
/// The threads of Swift's own pool are as many as processors, and must not wait: while they do, no other test goes on.
package struct BlockingThreads: TestTrait, SuiteTrait, TestScoping {
    package let isRecursive = true
    fileprivate let threads: Threads

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        // A test that has begun has a thread until it ends, so that few have taken what others may wait for.
        await threads.slots.take()
        defer { threads.slots.leave() }
        let scope = TestScope()
        try await TestScope.$current.withValue(scope) {
            try await withTaskExecutorPreference(threads) { try await function() }
        }
    }
}

extension Trait where Self == BlockingThreads {
    /// The test waits for other programs.
    package static var waitsForOthers: Self { BlockingThreads(threads: .shared) }

    /// The test waits so long, while others compute, that it had better begin before them.
    package static var waitsLongForOthers: Self { BlockingThreads(threads: .ahead) }
}

/// A few threads that take what is to be done in the order in which it comes.
private final class Threads: TaskExecutor {
    static let shared = Threads(count: 8)
    static let ahead = Threads(count: 4)

    /// Places for as many tests as there are threads.
    let slots: Slots
    private let jobs = Jobs()

    init(count: Int) {
        slots = Slots(count)
        for _ in 0..<count {
            Thread.detachNewThread { [jobs] in
                while true { jobs.next().runSynchronously(on: self.asUnownedTaskExecutor()) }
            }
        }
    }

    func enqueue(_ job: consuming ExecutorJob) { jobs.add(UnownedJob(job)) }

    /// A queue at whose end threads wait.
    private final class Jobs: @unchecked Sendable {
        private let condition = NSCondition()
        private var waiting: [UnownedJob] = []

        func add(_ job: UnownedJob) {
            condition.withLock {
                waiting.append(job)
                condition.signal()
            }
        }

        func next() -> UnownedJob {
            condition.withLock {
                while waiting.isEmpty { condition.wait() }
                return waiting.removeFirst()
            }
        }
    }
}
