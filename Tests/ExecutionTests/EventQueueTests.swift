import Bytes
import Network
import Testing

@testable import Execution

struct EventQueueTests {
    @Test func `Events come in the order of their times`() {
        var queue = EventQueue<String>()
        queue.add("late", at: Instant(nanoseconds: 30))
        queue.add("early", at: Instant(nanoseconds: 10))
        queue.add("middle", at: Instant(nanoseconds: 20))
        #expect(queue.nextTime == Instant(nanoseconds: 10))
        var order: [String] = []
        while let (_, event) = queue.popNext() { order.append(event) }
        #expect(order == ["early", "middle", "late"])
        #expect(queue.nextTime == nil)
    }

    @Test func `Events at the same time come in the order in which they were added`() {
        var queue = EventQueue<Int>()
        for number in 0..<50 { queue.add(number, at: Instant(nanoseconds: 7)) }
        var order: [Int] = []
        while let (_, number) = queue.popNext() { order.append(number) }
        #expect(order == Array(0..<50))
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func `Any mixture of additions and removals keeps the order`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var queue = EventQueue<Int64>()
        var expected: [Int64] = []
        for _ in 0..<2000 {
            if Int.random(in: 0..<3, using: &generator) > 0 || expected.isEmpty {
                let time = Int64.random(in: 0..<500, using: &generator)
                queue.add(time, at: Instant(nanoseconds: time))
                expected.append(time)
            } else {
                let least = expected.min()
                let popped = queue.popNext()?.event
                #expect(popped == least)
                if let least, let place = expected.firstIndex(of: least) { expected.remove(at: place) }
            }
        }
    }
}
