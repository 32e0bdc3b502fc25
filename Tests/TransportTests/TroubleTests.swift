import Network
import Testing
import Transport

@Suite struct TroubleTests {
    @Test(arguments: [TransportProtocol.udp, .tcp])
    func `A port that another program uses is refused with a sentence`(transport: TransportProtocol) throws {
        let (socket, taken) = try #require(RawSocket.bound(point(transport, 40, 1)))
        let loop = try EventLoop()
        let wanted = ListeningPoint(transport, taken)
        let error = #expect(throws: TransportError.self) { try loop.add([wanted], named: "B") }
        withExtendedLifetime(socket) {
            #expect(error == TransportError(.addressInUse, wanted))
            #expect(
                error?.description == "\(taken) (\(transport.rawValue.uppercased())) is used by another program; "
                    + "end it, or give the party another address or port.")
        }
    }

    @Test(arguments: [TransportProtocol.udp, .tcp])
    func `A port that another node uses is refused`(transport: TransportProtocol) throws {
        let rehearsal = try Rehearsal()
        let first = try rehearsal.add([point(transport, 41, 1)])
        let taken = rehearsal.loop.listeningPoints(of: first)
        #expect(throws: TransportError(.addressInUse, taken[0])) { try rehearsal.loop.add(taken, named: "B") }
    }

    @Test func `A node that could not be added leaves nothing open`() throws {
        let rehearsal = try Rehearsal()
        let free = point(.udp, 42, 1, port: 40_042)
        let elsewhere = ListeningPoint(.udp, SocketAddress(IPAddress(192, 0, 2, 1), port: 5060))
        #expect(throws: TransportError(.addressNotAvailable, elsewhere)) {
            try rehearsal.loop.add([free, elsewhere], named: "A")
        }
        let a = try rehearsal.add([free])
        #expect(rehearsal.loop.listeningPoints(of: a) == [free])
    }

    @Test func `Every address at once is no address of a party`() throws {
        let loop = try EventLoop()
        let everywhere = ListeningPoint(.udp, SocketAddress(IPAddress(0, 0, 0, 0), port: 5060))
        #expect(throws: TransportError(.addressUnspecified, everywhere)) { try loop.add([everywhere], named: "A") }
    }

    @Test func `Connecting from an address that is not ours is an error of the environment`() throws {
        let rehearsal = try Rehearsal()
        let node = try rehearsal.add([])
        let foreign = IPAddress(192, 0, 2, 1)
        rehearsal.loop.perform(
            [.connect(ConnectionID(0), from: foreign, to: SocketAddress(address(43, 2), port: 9))], of: node)
        let expected = TransportError(.addressNotAvailable, ListeningPoint(.tcp, SocketAddress(foreign, port: 0)))
        #expect(throws: expected) { try rehearsal.run { false } }
    }

    @Test func `A peer that has ended its half still gets the answer`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tcp, 44, 2)]) { event in
            guard case .received(let id, let bytes) = event else { return [] }
            return [.write(id, bytes.reversed())]
        }
        let peer = try #require(RawSocket.connected(to: rehearsal.tcp(server)))
        peer.send([1, 2, 3])
        peer.endSending()
        try rehearsal.run { !rehearsal.closings(server).isEmpty }
        try rehearsal.run { rehearsal.observations.contains { $0.direction == .sent && $0.content == .closed } }
        #expect(peer.receiveAll() == [3, 2, 1])
        #expect(rehearsal.closings(server) == [nil])
    }

    @Test func `A node that has closed a connection does not hear of an end that was on its way`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tcp, 52, 2)]) { event in
            guard case .received = event else { return [] }
            return [.close(ConnectionID(3))]
        }
        let first = try #require(RawSocket.connected(to: rehearsal.tcp(server)))
        let second = try #require(RawSocket.connected(to: rehearsal.tcp(server)))
        try rehearsal.run { rehearsal.events[server]?.count == 3 }
        first.send([1])
        second.endSending()
        try rehearsal.run { rehearsal.observations.contains { $0.direction == .sent && $0.content == .closed } }
        #expect(second.receiveAll().isEmpty)
        #expect(rehearsal.stream(server) == [1])
        #expect(rehearsal.closings(server).isEmpty)
    }

    @Test func `A connection that the peer resets is closed with the reason`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tcp, 45, 2)])
        do {
            let peer = try #require(RawSocket.connected(to: rehearsal.tcp(server)))
            try rehearsal.run { rehearsal.events[server]?.count == 2 }
            peer.resetOnClose()
        }
        try rehearsal.run { !rehearsal.closings(server).isEmpty }
        #expect(rehearsal.closings(server).first??.hasSuffix("connection reset by peer") == true)
        #expect(rehearsal.observations.last?.content == .closed)
        #expect(rehearsal.observations.last?.direction == .received)
    }

    @Test func `A peer that never reads is given up before it fills our memory`() throws {
        let rehearsal = try Rehearsal()
        let piece = [UInt8](repeating: 0x2E, count: 1 << 20)
        let server = try rehearsal.add([point(.tcp, 46, 2)]) { event in
            guard case .accepted(let id, _, _) = event else { return [] }
            return Array(repeating: .write(id, piece), count: 48)
        }
        let peer = try #require(RawSocket.connected(to: rehearsal.tcp(server)))
        try rehearsal.run { !rehearsal.closings(server).isEmpty }
        withExtendedLifetime(peer) {
            #expect(
                rehearsal.closings(server) == ["the peer does not read: more than 32 MiB wait to be sent"])
        }
    }

    @Test func `Shutting down closes everything, also what is under way`() throws {
        let rehearsal = try Rehearsal()
        let points = [point(.udp, 47, 2, port: 40_047), point(.tcp, 47, 2, port: 40_047)]
        let server = try rehearsal.add(points)
        let client = try rehearsal.add([])
        let id = ConnectionID(0)
        rehearsal.loop.perform(
            [
                .connect(id, from: address(47, 1), to: rehearsal.tcp(server)),
                .write(id, [UInt8](repeating: 1, count: 4 << 20)), .arm(TimerID("T"), after: .seconds(30)),
            ], of: client)
        try rehearsal.run { rehearsal.events[server]?.count == 2 }
        rehearsal.loop.shutDown()

        let next = try Rehearsal()
        #expect(next.loop.listeningPoints(of: try next.add(points)) == points)
    }
}
