import Network
import Testing
import Transport

@Suite struct OrderTests {
    @Test func `The loop returns at its deadline when nothing happens`() throws {
        let loop = try EventLoop()
        let deadline = loop.now + .milliseconds(3)
        let end = try loop.run(until: { false }, deadline: deadline, observe: { _ in }, handle: { _, _, _ in [] })
        #expect(end == .deadlinePassed)
        #expect(loop.now >= deadline)
    }

    @Test func `Every node hears start before anything else`() throws {
        let rehearsal = try Rehearsal()
        let a = try rehearsal.add([point(.udp, 48, 1)])
        let b = try rehearsal.add([point(.udp, 48, 2)]) { event in
            guard case .start = event else { return [] }
            return [.arm(TimerID("T"), after: .zero)]
        }
        rehearsal.loop.perform([.datagram([1], from: rehearsal.udp(a), to: rehearsal.udp(b))], of: a)
        try rehearsal.run { !rehearsal.datagrams(b).isEmpty && !rehearsal.timers(b).isEmpty }
        for node in [a, b] {
            guard case .start = rehearsal.events[node]?.first else {
                Issue.record("The first event was another")
                return
            }
        }
    }

    @Test func `An event of one node may make another act`() throws {
        let rehearsal = try Rehearsal()
        let c = try rehearsal.add([point(.udp, 49, 3)])
        let b = try rehearsal.add([point(.udp, 49, 2)])
        let a = try rehearsal.add([point(.udp, 49, 1)]) { event in
            guard case .start = event else { return [] }
            rehearsal.loop.perform([.datagram([2], from: rehearsal.udp(b), to: rehearsal.udp(c))], of: b)
            return []
        }
        try rehearsal.run { rehearsal.datagrams(c) == [[2]] }
        #expect(rehearsal.events[a]?.count == 1)
    }

    @Test func `What has not been told when the condition holds is told by the next run`() throws {
        let rehearsal = try Rehearsal()
        let b = try rehearsal.add([point(.udp, 50, 2)])
        let a = try rehearsal.add([point(.udp, 50, 1)])
        let datagrams = (0..<10).map {
            NodeEffect.datagram([UInt8($0)], from: rehearsal.udp(a), to: rehearsal.udp(b))
        }
        rehearsal.loop.perform(datagrams, of: a)
        for count in 1...10 {
            try rehearsal.run { rehearsal.datagrams(b).count == count }
            #expect(rehearsal.datagrams(b).count == count)
        }
    }

    @Test func `Times of events and observations never go back`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tcp, 51, 2)]) { event in
            guard case .received(let id, let bytes) = event else { return [] }
            return [.write(id, bytes)]
        }
        let client = try rehearsal.add([])
        rehearsal.loop.perform(
            [
                .connect(ConnectionID(0), from: address(51, 1), to: rehearsal.tcp(server)),
                .write(ConnectionID(0), [UInt8](repeating: 1, count: 1 << 20)),
            ], of: client)
        try rehearsal.run { rehearsal.stream(client).count == 1 << 20 }
        let times = rehearsal.observations.map(\.time)
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
    }
}
