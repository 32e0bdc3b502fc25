import Actors
import Bytes
import SIPSyntax
import Testing

@Suite struct PagerTests {
    private func page(_ text: String = "Hello 1", in world: inout World) {
        world.logIn()
        world.perform(World.alice, .page(text: text, to: .user("sip:bob@example.com")))
    }

    @Test func `MESSAGE carries the feature tag and the text, and no Contact`() throws {
        var world = World()
        page(in: &world)
        let message = try #require(world.requests(.message, from: World.alice).first)
        #expect(message.requestURI == "sip:bob@example.com")
        #expect(message.first(.acceptContact) == "*;+g.oma.sip-im")
        #expect(message.first(.userAgent)?.hasPrefix("IM-client/OMA1.0") == true)
        #expect(message.first(.contentType) == "text/plain")
        #expect(message.body.text == "Hello 1")
        #expect(!message.contains(.contact))
    }

    @Test func `The page is answered 200 and reported on both sides`() throws {
        var world = World()
        page(in: &world)
        let ok = try #require(world.responses(to: .message, from: World.bob).first)
        #expect(ok.status == 200)
        #expect(ok.first(.server)?.hasPrefix("IM-client/OMA1.0") == true)
        #expect(ok.first(.userAgent)?.hasPrefix("IM-client/OMA1.0") == true)
        #expect(world.heard(.paged(text: "Hello 1", status: 200), by: World.alice))
        #expect(
            world.heard(
                .received(text: "Hello 1", from: "sip:alice@example.com", session: nil), by: World.bob))
    }

    @Test func `A retransmitted MESSAGE is received once`() {
        var world = World()
        var answers = 0
        world.isLost = { message, from in
            guard message.status == 200, from == World.bob, (try? message.cSeq())?.method == .message else {
                return false
            }
            answers += 1
            return answers == 1
        }
        page(in: &world)
        #expect(world.requests(.message, from: World.alice).count == 2)
        let received = world.reports[World.bob]?.filter { if case .received = $0 { true } else { false } }
        #expect(received?.count == 1)
    }

    @Test(arguments: [1200, 1300, 5000])
    func `A page of 1300 bytes or more is not sent`(size: Int) {
        var world = World()
        page(String(repeating: "x", count: size), in: &world)
        #expect(world.requests(.message, from: World.alice).isEmpty)
        let isReported = world.reports[World.alice]?.contains { if case .pageFailed = $0 { true } else { false } }
        #expect(isReported == true)
    }

    @Test func `A page below 1300 bytes is sent`() throws {
        var world = World()
        page(String(repeating: "x", count: 800), in: &world)
        let size = try #require(world.sip.last { $0.from == World.alice }).bytes.count
        #expect(size < 1300 && size > 800)
        #expect(world.requests(.message, from: World.alice).count == 1)
    }

    @Test func `A page to nobody has failed with the status`() {
        var world = World()
        world.perform(World.alice, .page(text: "Hello 1", to: .user("sip:nobody@example.com")))
        #expect(
            world.reports[World.alice]
                == [.pageFailed(text: "Hello 1", reason: "480 Temporarily Unavailable")])
    }

    @Test func `A page in a CPIM wrapper is unwrapped`() {
        var world = World()
        let body = "From: <sip:a@b>\nTo: <sip:c@d>\n\nContent-Type: text/plain\n\nInside"
        world.inject(message(type: "message/cpim", body: body), to: World.bob)
        #expect(
            world.reports[World.bob]
                == [.received(text: "Inside", from: "sip:carol@example.com", session: nil)])
    }

    @Test func `What is not text is answered and not reported as text`() {
        var world = World()
        world.inject(message(type: "message/imdn+xml", body: "<imdn/>"), to: World.bob)
        #expect(world.sent(World.bob).map(\.status) == [200])
        #expect(world.reports[World.bob] == nil)
    }

    private func message(type: String, body: String) -> String {
        """
        MESSAGE sip:bob@127.0.0.12:5060 SIP/2.0
        Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKpage
        From: <sip:alice@example.com>;tag=a1
        To: <sip:bob@example.com>
        P-Asserted-Identity: "Carol" <sip:carol@example.com>, <tel:+4912345>
        Call-ID: call-1
        CSeq: 1 MESSAGE
        Content-Type: \(type)
        Content-Length: \(body.utf8.count + body.count(where: { $0 == "\n" }))

        \(body)
        """
    }
}
