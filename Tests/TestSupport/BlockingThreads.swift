import Foundation
package import Testing

/// Runs tests that wait for other programs on threads of their own.
///
/// The threads of Swift's own pool are as many as processors, and must not wait: while they do, no other test goes on.
package struct BlockingThreads: TestTrait, SuiteTrait, TestScoping {
    package let isRecursive = true

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(Threads.shared) { try await function() }
    }
}

extension Trait where Self == BlockingThreads {
    /// The test waits for other programs.
    package static var waitsForOthers: Self { BlockingThreads() }
}

/// A few threads that take what is to be done in the order in which it comes.
private final class Threads: TaskExecutor {
    static let shared = Threads(count: 8)

    private let jobs = Jobs()

    init(count: Int) {
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
