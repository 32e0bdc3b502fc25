import Network
import Testing
import Transport

@Suite struct StreamTests {
    @Test func `A connection opens from the given address, and both ends hear of each other`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tcp, 20, 2)])
        let client = try rehearsal.add([])
        let listening = rehearsal.tcp(server)
        rehearsal.loop.perform([.connect(ConnectionID(0), from: address(20, 1), to: listening)], of: client)
        try rehearsal.run { rehearsal.events[server, default: []].count == 2 && rehearsal.events[client]?.count == 2 }

        guard case .connected(ConnectionID(0), let local, listening) = rehearsal.events[client]?.last,
            case .accepted(ConnectionID(1), listening, let remote) = rehearsal.events[server]?.last
        else {
            Issue.record("The ends heard something else")
            return
        }
        #expect(local == remote)
        #expect(local.address == address(20, 1))
    }

    @Test func `Accepted connections are numbered with odd numbers from 1`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tcp, 21, 2)])
        let client = try rehearsal.add([])
        let connects = (0..<3).map {
            NodeEffect.connect(ConnectionID(2 * $0), from: address(21, 1), to: rehearsal.tcp(server))
        }
        rehearsal.loop.perform(connects, of: client)
        try rehearsal.run { rehearsal.events[server]?.count == 4 }
        let numbers = rehearsal.events[server, default: []].compactMap {
            if case .accepted(let id, _, _) = $0 { id.number } else { nil }
        }
        #expect(numbers == [1, 3, 5])
    }

    @Test func `What is written before the connection is open is sent when it is`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tcp, 22, 2)])
        let client = try rehearsal.add([])
        rehearsal.loop.perform(
            [
                .connect(ConnectionID(0), from: address(22, 1), to: rehearsal.tcp(server)),
                .write(ConnectionID(0), [1, 2]), .write(ConnectionID(0), [3]), .close(ConnectionID(0)),
            ], of: client)
        try rehearsal.run { !rehearsal.closings(server).isEmpty }
        #expect(rehearsal.stream(server) == [1, 2, 3])
    }

    @Test func `A refused connection is closed with the reason`() throws {
        let rehearsal = try Rehearsal()
        let client = try rehearsal.add([])
        let nobody = SocketAddress(address(23, 2), port: 9)
        rehearsal.loop.perform([.connect(ConnectionID(0), from: address(23, 1), to: nobody)], of: client)
        try rehearsal.run { !rehearsal.closings(client).isEmpty }
        #expect(rehearsal.closings(client) == ["127.77.23.2:9 (TCP): connection refused"])
        #expect(rehearsal.observations.map(\.content) == [.closed])
        #expect(rehearsal.observations.map(\.source) == [nobody])
    }

    @Test func `Closing sends what was written, and only the peer hears of the end`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tcp, 24, 2)])
        let client = try rehearsal.add([]) { event in
            guard case .connected(let id, _, _) = event else { return [] }
            return [.write(id, [9, 9]), .close(id)]
        }
        rehearsal.loop.perform(
            [.connect(ConnectionID(0), from: address(24, 1), to: rehearsal.tcp(server))], of: client)
        try rehearsal.run { !rehearsal.closings(server).isEmpty }
        #expect(rehearsal.stream(server) == [9, 9])
        #expect(rehearsal.closings(server) == [nil])
        #expect(rehearsal.closings(client).isEmpty)
        #expect(Set(rehearsal.observations.map(\.time)).count > 1)
    }

    @Test func `A node that has closed a connection hears nothing more from it, but testifies to what came`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tcp, 25, 2)]) { event in
            guard case .closed(let id, _) = event else { return [] }
            return [.write(id, [1]), .close(id)]
        }
        let talker = try rehearsal.add([point(.tcp, 25, 3)]) { event in
            guard case .accepted(let id, _, _) = event else { return [] }
            return [.write(id, [4, 4])]
        }
        let client = try rehearsal.add([])
        rehearsal.loop.perform(
            [
                .connect(ConnectionID(0), from: address(25, 1), to: rehearsal.tcp(talker)),
                .write(ConnectionID(0), [5]), .close(ConnectionID(0)),
                .connect(ConnectionID(2), from: address(25, 1), to: rehearsal.tcp(server)),
            ], of: client)
        try rehearsal.run {
            rehearsal.observations.contains { $0.node == client && $0.content == .stream([4, 4]) }
                && !rehearsal.closings(talker).isEmpty
        }
        #expect(rehearsal.stream(client).isEmpty)
        #expect(rehearsal.closings(client).isEmpty)
    }

    @Test func `Both ends see eight megabytes intact, in order`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tcp, 26, 2)])
        let client = try rehearsal.add([])
        let block = (0..<65_521).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 7) }
        let message = (0..<129).reduce(into: [UInt8]()) { $0 += [UInt8($1)] + block }
        rehearsal.loop.perform(
            [
                .connect(ConnectionID(0), from: address(26, 1), to: rehearsal.tcp(server)),
                .write(ConnectionID(0), message), .close(ConnectionID(0)),
            ], of: client)
        try rehearsal.run { !rehearsal.closings(server).isEmpty }
        #expect(rehearsal.stream(server) == message)
        let sent = rehearsal.observations.flatMap { observation -> [UInt8] in
            guard observation.direction == .sent, case .stream(let bytes) = observation.content else { return [] }
            return bytes
        }
        #expect(sent == message)
    }

    @Test func `Two hundred connections at once are kept apart`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tcp, 27, 2)]) { event in
            guard case .received(let id, let bytes) = event else { return [] }
            return [.write(id, bytes + [0xEE]), .close(id)]
        }
        let client = try rehearsal.add([])
        for number in 0..<200 {
            let id = ConnectionID(2 * number)
            rehearsal.loop.perform(
                [.connect(id, from: address(27, 1), to: rehearsal.tcp(server)), .write(id, [UInt8(number)])],
                of: client)
        }
        try rehearsal.run { rehearsal.closings(client).count == 200 }
        var answers: [Int: [UInt8]] = [:]
        for case .received(let id, let bytes) in rehearsal.events[client, default: []] {
            answers[id.number, default: []] += bytes
        }
        #expect(answers.count == 200)
        #expect(answers.allSatisfy { $0.value == [UInt8($0.key / 2), 0xEE] })
    }

    @Test func `Streams travel over IPv6`() throws {
        let rehearsal = try Rehearsal()
        let loopback = try #require(IPAddress("::1"))
        let server = try rehearsal.add([ListeningPoint(.tcp, SocketAddress(loopback, port: 0))])
        let client = try rehearsal.add([])
        rehearsal.loop.perform(
            [
                .connect(ConnectionID(0), from: loopback, to: rehearsal.tcp(server)), .write(ConnectionID(0), [6]),
                .close(ConnectionID(0)),
            ], of: client)
        try rehearsal.run { !rehearsal.closings(server).isEmpty }
        #expect(rehearsal.stream(server) == [6])
    }
}
