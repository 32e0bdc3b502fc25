import Foundation
import Network
import Synchronization
import Testing
import Transport

/// The bell by which other threads wake an event loop.
struct DoorbellTests {
    /// Runs until the condition holds; the deadline only ends a test that has failed.
    private func run(_ loop: EventLoop, until condition: () -> Bool) throws {
        let end = try loop.run(until: condition, deadline: loop.now + .seconds(20), observe: { _ in }) { _, _, _ in [] }
        #expect(end == .conditionHolds)
    }

    @Test func `A ring from another thread has the condition asked`() throws {
        let loop = try EventLoop()
        defer { loop.shutDown() }
        let bell = try loop.addDoorbell()
        let isSet = Atomic(false)
        let thread = Thread {
            isSet.store(true, ordering: .releasing)
            bell.ring()
        }
        thread.start()
        try run(loop) { isSet.load(ordering: .acquiring) }
    }

    @Test func `A ring before the loop runs is heard when it does`() throws {
        let loop = try EventLoop()
        defer { loop.shutDown() }
        let bell = try loop.addDoorbell()
        bell.ring()
        // Asked once before it waits, and a second time because of the bell.
        var questions = 0
        try run(loop) {
            questions += 1
            return questions == 2
        }
    }

    @Test func `Rings that nobody has heard are one`() throws {
        let loop = try EventLoop()
        defer { loop.shutDown() }
        let bell = try loop.addDoorbell()
        for _ in 1...1000 { bell.ring() }
        var questions = 0
        _ = try loop.run(
            until: {
                questions += 1
                return false
            }, deadline: loop.now + .milliseconds(1), observe: { _ in }
        ) { _, _, _ in [] }
        #expect(questions < 100)
    }

    @Test func `A bell of a loop that is shut down is not heard and harms nobody`() throws {
        let loop = try EventLoop()
        let bell = try loop.addDoorbell()
        loop.shutDown()
        bell.ring()
    }
}
