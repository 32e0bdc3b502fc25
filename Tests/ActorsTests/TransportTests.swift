import Actors
import Bytes
import Conformance
import Network
import SIPSyntax
import Testing

@Suite struct TransportTests {
    private func client(_ transport: TransportProtocol) -> IMClient {
        let profile = IMClient.Profile(
            party: PartyName("A"), imAddress: "sip:alice@example.com", displayName: "Alice", address: World.alice,
            server: SocketAddress(World.core, port: 5060), registrarURI: "sip:example.com", sipTransport: transport)
        return IMClient(profile: profile, seed: 7)
    }

    private let now = Instant(nanoseconds: 0)

    @Test func `The client listens for SIP on UDP and TCP, and for MSRP on TCP`() {
        #expect(
            client(.udp).listeningPoints == [
                ListeningPoint(.udp, SocketAddress(World.alice, port: 5060)),
                ListeningPoint(.tcp, SocketAddress(World.alice, port: 5060)),
                ListeningPoint(.tcp, SocketAddress(World.alice, port: 2855)),
            ])
    }

    @Test func `Over TCP the first request opens a connection and waits for it`() throws {
        var client = client(.tcp)
        let effects = client.perform(.logIn(.open), at: now).networkEffects
        let id = ConnectionID(0)
        let core = SocketAddress(World.core, port: 5060)
        #expect(effects.first == .connect(id, from: World.alice, to: core))
        let local = SocketAddress(World.alice, port: 40_000)
        let written = client.handle(.connected(id, local: local, remote: core), at: now).networkEffects
        guard case .write(id, let bytes)? = written.first else {
            Issue.record("nothing was written")
            return
        }
        let register = try SIPMessage(parsing: bytes)
        #expect(try register.via()?.transport == "TCP")
        #expect(register.first(.contact) == "<sip:alice@127.0.0.11:5060;transport=tcp>;+g.oma.sip-im")
    }

    @Test func `Over TCP nothing is retransmitted`() {
        var client = client(.tcp)
        let timers = client.perform(.logIn(.open), at: now).networkEffects.filter {
            if case .arm = $0 { true } else { false }
        }
        #expect(timers == [.arm(TimerID("timer-1"), after: .seconds(32))])
    }

    @Test func `A response over TCP goes back on the connection of the request`() throws {
        var client = client(.udp)
        let id = ConnectionID(1)
        let remote = SocketAddress(World.core, port: 33_000)
        _ = client.handle(.accepted(id, local: SocketAddress(World.alice, port: 5060), remote: remote), at: now)
        let options = """
            OPTIONS sip:alice@127.0.0.11 SIP/2.0
            Via: SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bKtcp
            From: <sip:bob@example.com>;tag=1
            To: <sip:alice@example.com>
            Call-ID: tcp
            CSeq: 1 OPTIONS
            Content-Length: 0


            """
        let bytes = Array(options.replacing("\n", with: "\r\n").utf8)
        #expect(client.handle(.received(id, Array(bytes.prefix(50))), at: now).isEmpty)
        let effects = client.handle(.received(id, Array(bytes.dropFirst(50))), at: now).networkEffects
        guard case .write(id, let answer)? = effects.first else {
            Issue.record("nothing was written")
            return
        }
        #expect(try SIPMessage(parsing: answer).status == 200)
    }

    @Test func `A connection that cannot be opened fails the request`() {
        var client = client(.tcp)
        _ = client.perform(.logIn(.open), at: now)
        let reports = client.handle(.closed(ConnectionID(0), reason: "refused"), at: now).reports
        #expect(
            reports == [
                .unreachable(reason: "refused"), .logInFailed(reason: "REGISTER: no response (503)"),
            ])
    }

    @Test func `A server that does not take the client for who it is says so before the connection ends`() {
        var client = client(.tls)
        _ = client.perform(.logIn(.open), at: now)
        let id = ConnectionID(0)
        let core = SocketAddress(World.core, port: 5060)
        let local = SocketAddress(World.alice, port: 40_000)
        _ = client.handle(.connected(id, local: local, remote: core), at: now)
        #expect(
            client.handle(.refused(id, at: local, reason: "unknown CA"), at: now).reports
                == [.refused(reason: "unknown CA")])
        #expect(
            client.handle(.refused(ConnectionID(2), at: local, reason: "unknown CA"), at: now).reports
                == [.protocolTrouble("unknown CA")], "in the media path the fingerprint says who the client is")
        let listening = SocketAddress(local.address, port: 5060)
        #expect(
            client.handle(.refused(ConnectionID(1), at: listening, reason: "unknown CA"), at: now).reports
                == [.refused(reason: "unknown CA")], "of a connection that the server opens nothing else tells")
    }

    @Test func `An ICMP error fails what was sent there`() {
        var client = client(.udp)
        _ = client.perform(.page(text: "Hello", to: .user("sip:bob@example.com")), at: now)
        let core = SocketAddress(World.core, port: 5060)
        let reports = client.handle(.undeliverable(to: core, reason: "\(core) (UDP): port unreachable"), at: now)
            .reports
        #expect(
            reports == [
                .unreachable(reason: "127.0.0.1:5060 (UDP): port unreachable"),
                .pageFailed(text: "Hello", reason: "no response (503)"),
            ])
    }

    @Test func `SIP and MSRP connections have even numbers that never meet`() {
        var world = World { $0.sipTransport = .udp }
        world.establish()
        var client = client(.tcp)
        _ = client.perform(.logIn(.open), at: now)
        let next = client.handle(.closed(ConnectionID(0), reason: nil), at: now).networkEffects
        #expect(!next.contains { if case .connect = $0 { true } else { false } })
        let again = client.perform(.logIn(.open), at: now).networkEffects
        #expect(
            again.first
                == .connect(
                    ConnectionID(6), from: World.alice, to: SocketAddress(World.core, port: 5060)))
    }

    @Test func `The same seed says the same`() {
        func run() -> [[UInt8]] {
            var world = World()
            world.establish()
            world.perform(World.alice, .send(text: "Hello B", session: "chat"))
            return world.sip.map(\.bytes) + world.msrp.map(\.bytes)
        }
        #expect(run() == run())
    }
}

extension [ClientEffect] {
    fileprivate var networkEffects: [NodeEffect] {
        compactMap { if case .network(let effect) = $0 { effect } else { nil } }
    }

    fileprivate var reports: [ClientReport] {
        compactMap { if case .report(let report) = $0 { report } else { nil } }
    }
}
