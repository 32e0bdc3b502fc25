import Network
import Testing

@testable import Transport

@Suite struct TimerTests {
    @Test func `Timers come up in the order in which they are due, not in which they were armed`() throws {
        let rehearsal = try Rehearsal()
        let node = try rehearsal.add([])
        rehearsal.loop.perform(
            [
                .arm(TimerID("third"), after: .milliseconds(6)), .arm(TimerID("first"), after: .milliseconds(2)),
                .arm(TimerID("second"), after: .milliseconds(4)),
            ], of: node)
        try rehearsal.run { rehearsal.timers(node).count == 3 }
        #expect(rehearsal.timers(node) == ["first", "second", "third"])
    }

    @Test func `A timer is never early, and late by a few milliseconds at most on an idle machine`() throws {
        let rehearsal = try Rehearsal()
        let node = try rehearsal.add([])
        let start = rehearsal.loop.now
        rehearsal.loop.perform([.arm(TimerID("E"), after: .microseconds(2_500))], of: node)
        try rehearsal.run { !rehearsal.timers(node).isEmpty }
        #expect(rehearsal.loop.now - start >= .microseconds(2_500))
    }

    @Test func `A timer that falls due while another event is handled comes up without further events`() throws {
        let rehearsal = try Rehearsal()
        let loop = rehearsal.loop
        let node = try rehearsal.add([point(.udp, 9, 1)]) { event in
            guard case .timer(TimerID("A")) = event else { return [] }
            let later = loop.now + .milliseconds(20)
            while loop.now < later {}
            return []
        }
        loop.perform(
            [.arm(TimerID("A"), after: .milliseconds(1)), .arm(TimerID("B"), after: .milliseconds(15))], of: node)
        try rehearsal.run { rehearsal.timers(node).count == 2 }
        #expect(rehearsal.timers(node) == ["A", "B"])
    }

    @Test func `A cancelled timer does not come up`() throws {
        let rehearsal = try Rehearsal()
        let node = try rehearsal.add([])
        rehearsal.loop.perform(
            [
                .arm(TimerID("A"), after: .milliseconds(1)), .arm(TimerID("B"), after: .milliseconds(2)),
                .cancel(TimerID("A")),
            ], of: node)
        try rehearsal.run { !rehearsal.timers(node).isEmpty }
        #expect(rehearsal.timers(node) == ["B"])
    }

    @Test func `A timer that another one cancels at the same instant does not come up`() throws {
        let rehearsal = try Rehearsal()
        let node = try rehearsal.add([]) { event in
            guard case .timer(TimerID("A")) = event else { return [] }
            return [.cancel(TimerID("B"))]
        }
        rehearsal.loop.perform(
            [
                .arm(TimerID("A"), after: .zero), .arm(TimerID("B"), after: .zero),
                .arm(TimerID("C"), after: .milliseconds(1)),
            ], of: node)
        try rehearsal.run { rehearsal.timers(node).contains("C") }
        #expect(rehearsal.timers(node) == ["A", "C"])
    }

    @Test func `Arming a timer again replaces it`() throws {
        let rehearsal = try Rehearsal()
        let node = try rehearsal.add([])
        rehearsal.loop.perform(
            [
                .arm(TimerID("A"), after: .milliseconds(1)), .arm(TimerID("A"), after: .milliseconds(4)),
                .arm(TimerID("B"), after: .milliseconds(2)),
            ], of: node)
        try rehearsal.run { rehearsal.timers(node).contains("A") }
        #expect(rehearsal.timers(node) == ["B", "A"])
    }

    @Test func `A timer that keeps arming itself does not starve the network`() throws {
        let rehearsal = try Rehearsal()
        let b = try rehearsal.add([point(.udp, 30, 2)])
        let a = try rehearsal.add([]) { event in
            guard case .timer(let timer) = event else { return [] }
            return [.arm(timer, after: .zero)]
        }
        let sender = try rehearsal.add([point(.udp, 30, 1)])
        rehearsal.loop.perform([.arm(TimerID("A"), after: .zero)], of: a)
        rehearsal.loop.perform([.datagram([1], from: rehearsal.udp(sender), to: rehearsal.udp(b))], of: sender)
        try rehearsal.run { !rehearsal.datagrams(b).isEmpty }
    }

    @Test func `Timers of the same name belong to their nodes`() throws {
        let rehearsal = try Rehearsal()
        let (a, b) = (try rehearsal.add([]), try rehearsal.add([]))
        rehearsal.loop.perform([.arm(TimerID("T"), after: .milliseconds(1))], of: a)
        rehearsal.loop.perform([.cancel(TimerID("T"))], of: b)
        try rehearsal.run { rehearsal.timers(a) == ["T"] }
        #expect(rehearsal.timers(b).isEmpty)
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func `The queue gives timers as a sorted list would`(seed: UInt64) {
        var state = seed
        func number(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        var queue = TimerQueue<Int>()
        var model: [Int: (due: Int, arming: Int)] = [:]
        for step in 0..<2_000 {
            let name = number(below: 50)
            switch number(below: 4) {
            case 0, 1:
                let due = step + number(below: 100)
                queue.arm(name, at: Instant(nanoseconds: Int64(due)))
                model[name] = (due, step)
            case 2:
                queue.cancel(name)
                model[name] = nil
            default:
                let next = model.min { ($0.value.due, $0.value.arming) < ($1.value.due, $1.value.arming) }
                #expect(queue.nextDue()?.nanoseconds == next.map { Int64($0.value.due) })
                let due = next.flatMap { $0.value.due <= step ? $0.key : nil }
                #expect(queue.popDue(at: Instant(nanoseconds: Int64(step))) == due)
                if let due { model[due] = nil }
            }
        }
    }
}
