import Actors
import Bytes
import Network
import SIPSyntax
import Testing

/// Nothing that a peer sends traps or swells the client.
@Suite struct RobustnessTests {
    /// The bytes with a few of them changed, dropped, doubled or exchanged for others of the corpus.
    private func garbled(
        _ bytes: [UInt8], among corpus: [[UInt8]], by generator: inout SeededGenerator
    ) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(bytes.count, place + Int.random(in: 0...20, using: &generator))
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes.insert(contentsOf: Array("99999999999999999999;=\"<>\r\n".utf8), at: place)
            default:
                let other = corpus.randomElement(using: &generator) ?? []
                let start = Int.random(in: 0...other.count, using: &generator)
                bytes.replaceSubrange(place..<end, with: other[start...].prefix(40))
            }
        }
        return bytes
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func `Garbled SIP never traps a client, and a page gets through afterwards`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var world = World()
        world.establish()
        world.perform(World.alice, .page(text: "Hello 1", to: .user("sip:bob@example.com")))
        let corpus = world.sip.filter { $0.from == World.core }.map(\.bytes)
        let core = SocketAddress(World.core, port: 5060)
        for _ in 0..<400 {
            let bytes = garbled(corpus.randomElement(using: &generator) ?? [], among: corpus, by: &generator)
            world.receive(bytes, from: core, at: Bool.random(using: &generator) ? World.alice : World.bob)
        }
        world.run(for: .seconds(60))
        world.perform(World.alice, .page(text: "Hello 2", to: .user("sip:bob@example.com")))
        #expect(world.heard(.paged(text: "Hello 2", status: 200), by: World.alice))
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func `Garbled MSRP never traps a client`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var world = World { $0.chunkSize = 5 }
        world.establish()
        world.perform(World.alice, .send(text: "Hello B", session: "chat"))
        let corpus = world.msrp.map(\.bytes)
        for number in 0..<200 {
            let id = ConnectionID(1001 + 2 * number)
            let bytes = garbled(corpus.randomElement(using: &generator) ?? [], among: corpus, by: &generator)
            let remote = SocketAddress(World.alice, port: 1)
            world.hear(.accepted(id, local: SocketAddress(World.bob, port: 2855), remote: remote), at: World.bob)
            world.hear(.received(id, bytes), at: World.bob)
            world.hear(.closed(id, reason: nil), at: World.bob)
        }
        world.perform(World.alice, .page(text: "Hello 2", to: .user("sip:bob@example.com")))
        #expect(world.heard(.paged(text: "Hello 2", status: 200), by: World.alice))
    }

    @Test func `More invitations than a client can hold are refused with 503`() {
        var world = World()
        for number in 0..<300 {
            world.inject(
                """
                INVITE sip:bob@127.0.0.12 SIP/2.0
                Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKflood\(number)
                From: <sip:alice@example.com>;tag=\(number)
                To: <sip:bob@example.com>
                Call-ID: flood-\(number)
                CSeq: 1 INVITE
                Content-Type: application/sdp

                v=0
                o=- 1 1 IN IP4 1.1.1.1
                s=-
                t=0 0
                m=message 9 TCP/MSRP *
                a=accept-types:*
                a=path:msrp://1.1.1.1/a;tcp

                """, to: World.bob, for: .zero)
        }
        let statuses = world.sent(World.bob).compactMap(\.status)
        #expect(statuses.contains(180) && statuses.contains(503))
        #expect(world.reports[World.bob]?.count ?? 0 < 256)
    }
}
