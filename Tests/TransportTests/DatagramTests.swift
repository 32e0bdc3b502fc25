import Network
import Testing
import Transport

@Suite struct DatagramTests {
    @Test func `A datagram arrives with the addresses of both ends`() throws {
        let rehearsal = try Rehearsal()
        let b = try rehearsal.add([point(.udp, 1, 2)])
        let a = try rehearsal.add([point(.udp, 1, 1)])
        let (source, destination) = (rehearsal.udp(a), rehearsal.udp(b))
        rehearsal.loop.perform([.datagram([1, 2, 3], from: source, to: destination)], of: a)
        try rehearsal.run { !rehearsal.datagrams(b).isEmpty }

        guard case .datagram(let bytes, let from, let to) = rehearsal.events[b]?.last else {
            Issue.record("B heard something else")
            return
        }
        #expect(bytes == [1, 2, 3])
        #expect(from == source)
        #expect(to == destination)
    }

    @Test func `Both ends testify to a datagram, the sender first`() throws {
        let rehearsal = try Rehearsal()
        let b = try rehearsal.add([point(.udp, 2, 2)])
        let a = try rehearsal.add([point(.udp, 2, 1)])
        rehearsal.loop.perform([.datagram([7], from: rehearsal.udp(a), to: rehearsal.udp(b))], of: a)
        try rehearsal.run { !rehearsal.datagrams(b).isEmpty }

        #expect(rehearsal.observations.map(\.direction) == [.sent, .received])
        #expect(rehearsal.observations.map(\.node) == [a, b])
        #expect(rehearsal.observations.map(\.content) == [.datagram([7]), .datagram([7])])
        #expect(rehearsal.observations[0].time <= rehearsal.observations[1].time)
        #expect(rehearsal.observations[0].time.nanoseconds > 1_700_000_000_000_000_000)
    }

    @Test func `Several nodes use the same port on addresses of their own`() throws {
        let rehearsal = try Rehearsal()
        let first = try rehearsal.add([point(.udp, 3, 1)])
        let port = rehearsal.udp(first).port
        let others = try (2...4).map { try rehearsal.add([point(.udp, 3, $0, port: port)]) }
        for (index, node) in others.enumerated() {
            let to = SocketAddress(address(3, UInt8(index + 2)), port: port)
            rehearsal.loop.perform([.datagram([UInt8(index)], from: rehearsal.udp(first), to: to)], of: first)
            try rehearsal.run { rehearsal.datagrams(node) == [[UInt8(index)]] }
        }
    }

    @Test func `The largest datagram arrives whole, and an empty one too`() throws {
        let rehearsal = try Rehearsal()
        let b = try rehearsal.add([point(.udp, 4, 2)])
        let a = try rehearsal.add([point(.udp, 4, 1)])
        let largest = (0..<65_507).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let (source, destination) = (rehearsal.udp(a), rehearsal.udp(b))
        rehearsal.loop.perform(
            [.datagram(largest, from: source, to: destination), .datagram([], from: source, to: destination)], of: a)
        try rehearsal.run { rehearsal.datagrams(b).count == 2 }
        #expect(rehearsal.datagrams(b) == [largest, []])
    }

    @Test func `A datagram that is too long is undeliverable, and nobody testifies that it was sent`() throws {
        let rehearsal = try Rehearsal()
        let a = try rehearsal.add([point(.udp, 5, 1)])
        let destination = SocketAddress(address(5, 2), port: 5060)
        let tooLong = [UInt8](repeating: 0, count: 65_508)
        rehearsal.loop.perform([.datagram(tooLong, from: rehearsal.udp(a), to: destination)], of: a)
        try rehearsal.run { rehearsal.undeliverables(a) == [destination] }
        #expect(rehearsal.observations.isEmpty)
    }

    @Test func `A datagram to a closed port is reported undeliverable`() throws {
        let rehearsal = try Rehearsal()
        let a = try rehearsal.add([point(.udp, 6, 1)])
        let nobody = SocketAddress(address(6, 9), port: 9)
        rehearsal.loop.perform([.datagram([1], from: rehearsal.udp(a), to: nobody)], of: a)
        try rehearsal.run { rehearsal.undeliverables(a) == [nobody] }
        guard case .undeliverable(_, let reason) = rehearsal.events[a]?.last else { return }
        #expect(reason == "127.77.6.9:9 (UDP): connection refused")
    }

    @Test func `An undeliverable datagram costs the next datagrams nothing`() throws {
        let rehearsal = try Rehearsal()
        let b = try rehearsal.add([point(.udp, 7, 2)])
        let a = try rehearsal.add([point(.udp, 7, 1)])
        let nobody = SocketAddress(address(7, 9), port: 9)
        let source = rehearsal.udp(a)
        for number in 0..<50 as Range<UInt8> {
            rehearsal.loop.perform(
                [
                    .datagram([number], from: source, to: nobody),
                    .datagram([number], from: source, to: rehearsal.udp(b)),
                ], of: a)
        }
        try rehearsal.run { rehearsal.datagrams(b).count == 50 }
        #expect(rehearsal.datagrams(b) == (0..<50).map { [UInt8($0)] })
        #expect(rehearsal.undeliverables(a).allSatisfy { $0 == nobody })
        #expect(!rehearsal.undeliverables(a).isEmpty)
    }

    @Test func `A thousand datagrams in one go are all sent, in order`() throws {
        let rehearsal = try Rehearsal()
        let b = try rehearsal.add([point(.udp, 8, 2)])
        let a = try rehearsal.add([point(.udp, 8, 1)])
        let all = (0..<1_000).map { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        for batch in stride(from: 0, to: 1_000, by: 100) {
            rehearsal.loop.perform(
                all[batch..<(batch + 100)].map { .datagram($0, from: rehearsal.udp(a), to: rehearsal.udp(b)) }, of: a)
            try rehearsal.run { rehearsal.datagrams(b).count == batch + 100 }
        }
        #expect(rehearsal.datagrams(b) == all)
    }

    @Test func `Datagrams travel over IPv6`() throws {
        let rehearsal = try Rehearsal()
        let loopback = try #require(IPAddress("::1"))
        let b = try rehearsal.add([ListeningPoint(.udp, SocketAddress(loopback, port: 0))])
        let a = try rehearsal.add([ListeningPoint(.udp, SocketAddress(loopback, port: 0))])
        rehearsal.loop.perform([.datagram([6], from: rehearsal.udp(a), to: rehearsal.udp(b))], of: a)
        try rehearsal.run { rehearsal.datagrams(b) == [[6]] }
    }

    @Test func `An undeliverable datagram is reported over IPv6 too`() throws {
        let rehearsal = try Rehearsal()
        let loopback = try #require(IPAddress("::1"))
        let a = try rehearsal.add([ListeningPoint(.udp, SocketAddress(loopback, port: 0))])
        let nobody = SocketAddress(loopback, port: 9)
        rehearsal.loop.perform([.datagram([1], from: rehearsal.udp(a), to: nobody)], of: a)
        try rehearsal.run { rehearsal.undeliverables(a) == [nobody] }
    }
}
