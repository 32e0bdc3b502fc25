import Network
import Testing

@testable import Transport

@Suite struct SecuredStreamTests {
    private let world = TLSWorld()

    private func connect(
        _ rehearsal: Rehearsal, _ client: NodeHandle, to server: NodeHandle, from: UInt8,
        expecting peer: ExpectedPeer = .name("parley.example"), then effects: [NodeEffect] = []
    ) {
        let remote = rehearsal.loop.listeningPoints(of: server)[0].address
        rehearsal.loop.perform(
            [.connectSecurely(ConnectionID(0), from: address(from, 1), to: remote, expecting: peer)] + effects,
            of: client)
    }

    @Test func `Bytes pass both ways, whole or not, and nobody on the wire reads them`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tls, 60, 2)], security: world.server()) { event in
            guard case .received(let id, let bytes) = event else { return [] }
            return [.write(id, bytes.reversed())]
        }
        let client = try rehearsal.add([], security: world.client())
        let message = Array("what is written before the connection is open".utf8)
        connect(rehearsal, client, to: server, from: 60, then: [.write(ConnectionID(0), message)])
        try rehearsal.run { rehearsal.stream(client).count == message.count }
        #expect(rehearsal.stream(server) == message)
        #expect(rehearsal.stream(client) == message.reversed())
        let wire = rehearsal.observations.flatMap { observation -> [UInt8] in
            if case .stream(let bytes) = observation.content { bytes } else { [] }
        }
        #expect(!String(decoding: wire, as: UTF8.self).contains("what is written"))
        #expect(rehearsal.loop.takeSecrets().contains { $0.hasPrefix("SERVER_TRAFFIC_SECRET_0 ") })
    }

    @Test func `What was written leaves before the connection closes, and the peer hears of the end`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tls, 61, 2)], security: world.server())
        let client = try rehearsal.add([], security: world.client())
        let message = [UInt8](repeating: 7, count: 1 << 20)
        connect(
            rehearsal, client, to: server, from: 61,
            then: [.write(ConnectionID(0), message), .close(ConnectionID(0))])
        try rehearsal.run { !rehearsal.closings(server).isEmpty }
        #expect(rehearsal.stream(server) == message)
        #expect(rehearsal.closings(server) == [nil])
        #expect(rehearsal.closings(client).isEmpty)
    }

    @Test func `A server for another name is refused with words, and hears of that and not of the connection`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tls, 62, 2)], security: world.server(["other.example"]))
        let client = try rehearsal.add([], security: world.client())
        connect(rehearsal, client, to: server, from: 62)
        try rehearsal.run { !rehearsal.closings(client).isEmpty && rehearsal.events[server]?.count == 2 }
        let reason = rehearsal.closings(client)[0]
        #expect(reason?.contains("(TLS): its certificate is for other.example, not for parley.example") == true)
        guard case .refused(ConnectionID(1), at: let place, let words)? = rehearsal.events[server]?.last else {
            Issue.record("The server heard something else")
            return
        }
        #expect(place == rehearsal.loop.listeningPoints(of: server)[0].address)
        #expect(words.contains("does not take the certificate of this side"))
    }

    @Test func `A client without the certificate that it needs is told so`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tls, 63, 2, admitting: .trusted)], security: world.server())
        let client = try rehearsal.add([], security: world.client())
        connect(rehearsal, client, to: server, from: 63)
        try rehearsal.run { !rehearsal.closings(client).isEmpty }
        #expect(rehearsal.closings(client)[0]?.contains("certificate required") == true)
    }

    @Test(arguments: [
        (TLSContext.Versions.current, ["connected", "certified", "refused", "closed"]),
        (.only12, ["refused", "closed"]),
    ])
    func `A client whose certificate is not trusted hears that it is refused, however open the connection is by then`(
        versions: TLSContext.Versions, expected: [String]
    ) throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tls, 66, 2, admitting: .trusted)], security: world.server())
        let client = try rehearsal.add(
            [], security: world.client(identity: TLSAuthority.selfSigned(["ann"]), versions: versions))
        connect(rehearsal, client, to: server, from: 66, then: [.write(ConnectionID(0), [1])])
        try rehearsal.run { !rehearsal.closings(client).isEmpty }
        let heard = rehearsal.events[client, default: []].filter { if case .start = $0 { false } else { true } }
        #expect(heard.map { "\($0)".prefix { $0 != "(" } } == expected.map { Substring($0) })
        #expect(rehearsal.closings(client)[0]?.contains("does not take the certificate of this side") == true)
    }

    @Test func `Who is let in with any certificate is told by its fingerprint`() throws {
        let rehearsal = try Rehearsal()
        let identity = TLSAuthority.selfSigned(["ann"])
        let server = try rehearsal.add([point(.tls, 64, 2, admitting: .certified)], security: world.server())
        let client = try rehearsal.add([], security: world.client(identity: identity))
        connect(rehearsal, client, to: server, from: 64)
        try rehearsal.run { rehearsal.events[server]?.count == 3 }
        guard case .certified(ConnectionID(1), let fingerprints)? = rehearsal.events[server]?.last else {
            Issue.record("The server heard something else")
            return
        }
        #expect(fingerprints.contains(identity.certificate.fingerprint(.sha256)))
    }

    @Test func `A server that speaks no TLS is told from one that does`() throws {
        let rehearsal = try Rehearsal()
        let server = try rehearsal.add([point(.tcp, 65, 2)]) { event in
            guard case .received(let id, _) = event else { return [] }
            return [.write(id, Array("SIP/2.0 400 Bad Request\r\n\r\n".utf8))]
        }
        let client = try rehearsal.add([], security: world.client())
        connect(rehearsal, client, to: server, from: 65)
        try rehearsal.run { !rehearsal.closings(client).isEmpty }
        #expect(rehearsal.closings(client)[0]?.contains("it does not speak TLS") == true)
    }
}
