import Bytes
import MSRP
import Network
import SIPSyntax
import Testing

@testable import ReferenceServer

/// Whatever arrives, the server goes on, and forgets it in the end.
@Suite struct HostileInputTests {
    /// Bytes changed, cut, doubled and inserted here and there.
    private func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int(generator.next() % 4) where !bytes.isEmpty {
            let place = Int(generator.next() % UInt64(bytes.count))
            switch generator.next() % 5 {
            case 0: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: place)
            case 3: bytes.removeSubrange(place...)
            default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 20)], at: place)
            }
        }
        return bytes
    }

    private static let requests: [SIPMessage] = [
        Client.a.register(sequence: 3), Client.a.page("Hello", to: .b), Client.a.invite(.b), Client.a.publish("<x/>"),
        Client.a.request("CANCEL", Client.b.imAddress, branch: "annINVITE1"),
        Client.a.request("ACK", Client.b.imAddress), Client.a.request("OPTIONS", "sip:home.example"),
        Client.a.request("BYE", "sip:127.0.0.1", to: "<sip:bob@home.example>;tag=x"),
    ]

    @Test(arguments: [1, 7, 42] as [UInt64]) func `Mutated datagrams do no harm`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var stand = Stand()
        stand.logIn(.a, .b)
        for round in 0..<200 {
            let request = Self.requests[round % Self.requests.count]
            stand.give(.datagram(mutated(request.serialized(), &generator), from: Client.a.sip, to: Stand.sip))
            if round % 40 == 0 { stand.pass(.seconds(5)) }
            for request in stand.received(by: .b) where request.isRequest && request.method != .ack {
                let answer = Client.b.answer(Int(100 + generator.next() % 600), to: request).serialized()
                stand.give(.datagram(mutated(answer, &generator), from: Client.b.sip, to: Stand.sip))
            }
        }
        _ = stand.received(by: .a)
        stand.send(Client.a.request("OPTIONS", "sip:home.example", sequence: 99), from: .a)
        #expect(stand.received(by: .a).contains { $0.status == 200 })
        stand.pass(.seconds(90_000))
        #expect(stand.timerCount == 0, "Everything is forgotten")
        #expect(stand.server.isAtRest)
    }

    @Test(arguments: [1, 7, 42] as [UInt64]) func `Mutated messages of a session do no harm`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<15 {
            var stand = Stand()
            stand.logIn(.a, .b)
            let session = try stand.establish()
            for round in 0..<10 {
                let text = Client.a.text("Hello \(round)", to: session.success.offeredPath, id: "\(round)")
                stand.give(.received(session.a, mutated(text.serialized(), &generator)))
                for message in stand.messages(on: session.b) where message.method != nil {
                    let answer = MSRPMessage(status: 200, to: message).serialized()
                    stand.give(.received(session.b, mutated(answer, &generator)))
                }
            }
            stand.send(Client.a.inDialog(.bye, of: session.success, sequence: 2), from: .a)
            #expect(stand.received(by: .a).contains { $0.status == 200 })
        }
    }

    @Test(arguments: [
        "", "\r\n\r\n", "\0", "SIP/2.0", "SIP/2.0 200 OK\r\n\r\n", "INVITE\r\n\r\n", "INVITE sip:x SIP/2.0\r\n\r\n",
        "FOO sip:home.example SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.11:5060\r\n\r\n",
        "ACK sip:home.example SIP/2.0\r\nVia: SIP/2.0/UDP x;branch=z9hG4bK\r\n\r\n",
        "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKnone\r\nCSeq: 1 INVITE\r\n\r\n",
        "CANCEL sip:home.example SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.11;branch=z9hG4bKc\r\n\r\n",
    ])
    func `Datagrams that are hardly SIP do no harm`(text: String) {
        var stand = Stand()
        stand.send(text, from: .a)
        stand.pass(.seconds(100))
        #expect(stand.timerCount == 0)
        #expect(stand.server.isAtRest)
    }

    @Test func `A request without a mandatory field is 400`() {
        var stand = Stand()
        stand.send("FOO sip:home.example SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.11:5060;branch=z9hG4bK1\r\n\r\n", from: .a)
        #expect(stand.received(by: .a).map(\.status) == [400])
    }

    @Test(arguments: [
        "Session-Expires: 9223372036854775807", "Min-SE: 9223372036854775807\nSession-Expires: 9223372036854775807",
    ])
    func `A session may ask for any time`(fields: String) throws {
        var stand = Stand()
        stand.logIn(.a, .b)
        let session = try stand.establish { invite in
            for line in fields.split(separator: "\n") {
                let parts = line.split(separator: ":")
                invite.set(SIPFieldName(String(parts[0])), String(parts[1].dropFirst()))
            }
        }
        #expect(session.success.status == 200)
        stand.pass(.seconds(1000))
    }

    @Test func `Events about connections that nobody knows do no harm`() {
        var stand = Stand()
        let id = ConnectionID(99)
        stand.give(.received(id, [1, 2, 3]))
        stand.give(.closed(id, reason: nil))
        stand.give(.connected(id, local: Stand.sip, remote: Client.a.sip))
        stand.give(.timer(TimerID("unknown")))
        stand.give(.undeliverable(to: Client.a.sip, reason: "x"))
        #expect(stand.timerCount == 0)
    }

    @Test func `The same seed gives the same bytes`() throws {
        func run(_ seed: UInt64) throws -> [UInt8] {
            var stand = Stand()
            stand.server = ReferenceServer(configuration: Stand.configuration, seed: seed)
            stand.logIn(.a, .b)
            let session = try stand.establish()
            return session.invite.serialized() + session.success.serialized() + stand.bytes(on: session.b)
        }
        #expect(try run(5) == run(5))
        #expect(try run(5) != run(6))
    }
}

extension ReferenceServer {
    /// Whether nothing is remembered but what users have registered and published.
    fileprivate var isAtRest: Bool {
        purposes.isEmpty && running.isEmpty && forwardings.isEmpty
            && forwardingsByRequest.isEmpty && sessions.isEmpty && dialogs.count == 0 && mediaOwners.isEmpty
            && timers.isEmpty && relay.legs.isEmpty
    }
}
