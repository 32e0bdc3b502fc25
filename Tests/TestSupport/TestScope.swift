import Synchronization

/// What a test has taken from others, such as addresses, until it ends.
package final class TestScope: Sendable {
    /// That of the test which runs here.
    @TaskLocal package static var current: TestScope?

    private let things = Mutex<[any Sendable]>([])

    /// Keeps the thing until the test ends.
    package func keep(_ thing: some Sendable) { things.withLock { $0.append(thing) } }
}
