import Actors
import SDP
import SIPSyntax
import Testing

@Suite struct ReceptionTests {
    private static let offer = """
        v=0
        o=- 1 1 IN IP4 127.0.0.11
        s=-
        c=IN IP4 127.0.0.11
        t=0 0
        m=message 2855 TCP/MSRP *
        a=accept-types:text/plain
        a=path:msrp://127.0.0.11:2855/abcdefgh;tcp

        """

    /// An INVITE from the core with these lines besides the usual ones.
    private func invite(_ lines: String = "", body: String = offer, type: String = "application/sdp") -> String {
        """
        INVITE sip:bob@127.0.0.12:5060 SIP/2.0
        Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKtest1
        Max-Forwards: 70
        From: <sip:alice@example.com>;tag=a1
        To: <sip:bob@example.com>
        Call-ID: call-1
        CSeq: 1 INVITE
        Contact: <sip:alice@127.0.0.11:5060>
        \(lines.isEmpty ? "" : lines + "\n")Content-Type: \(type)
        Content-Length: \(body.utf8.count + body.count(where: { $0 == "\n" }))

        \(body)
        """
    }

    @Test func `The user is alerted with 180 and the report names the asserted identity`() throws {
        var world = World()
        world.inject(invite("P-Asserted-Identity: <sip:carol@example.com>"), to: World.bob)
        let ringing = try #require(world.sent(World.bob).first)
        #expect(ringing.status == 180)
        #expect(try ringing.to()?.tag != nil)
        #expect(ringing.contains(.contact))
        #expect(world.reports[World.bob] == [.invited(by: "sip:carol@example.com", session: "invitation-1")])
    }

    @Test func `The 200 carries Contact, Server, session timer and an answer within the offer`() throws {
        var world = World()
        world.inject(
            invite("Supported: timer\nSession-Expires: 600\nRecord-Route: <sip:127.0.0.1;lr>"), to: World.bob)
        world.perform(World.bob, .accept(session: "invitation-1"), for: .zero)
        let ok = try #require(world.sent(World.bob).last)
        #expect(ok.status == 200)
        #expect(ok.first(.contact) == "<sip:bob@127.0.0.12:5060>;+g.oma.sip-im")
        #expect(ok.first(.server)?.hasPrefix("IM-client/OMA1.0") == true)
        #expect(ok.list(.require) == ["timer"])
        #expect(ok.first(.sessionExpires) == "600;refresher=uas")
        #expect(ok.all(.recordRoute) == ["<sip:127.0.0.1;lr>"])
        let answer = try SessionDescription(parsing: ok.body)
        #expect(answer.media[0].acceptTypes == ["text/plain"])
        #expect(answer.media[0].port == 2855)
        #expect(answer.media[0].path.count == 1)
    }

    @Test func `Other media lines of the offer are refused with port 0`() throws {
        var world = World()
        let body = Self.offer.replacing(
            "m=message", with: "m=audio 4000 RTP/AVP 0\nm=message"
        ).replacing("\n\n", with: "\n")
        world.inject(invite(body: body), to: World.bob)
        world.perform(World.bob, .accept(session: "invitation-1"), for: .zero)
        let answer = try SessionDescription(parsing: try #require(world.sent(World.bob).last).body)
        #expect(answer.media.map(\.port) == [0, 2855])
    }

    @Test func `The 200 goes out again until the ACK comes, and BYE ends the wait`() {
        var world = World()
        world.inject(invite(), to: World.bob)
        world.perform(World.bob, .accept(session: "invitation-1"), for: .seconds(40))
        #expect(world.sent(World.bob).filter { $0.status == 200 }.count == 11)
        #expect(world.requests(.bye, from: World.bob).isEmpty == false)
        #expect(world.reports[World.bob]?.last == .ended(session: "invitation-1", reason: "never acknowledged"))
    }

    @Test func `Leaving before the ACK sends the BYE after it`() {
        var world = World()
        world.logIn()
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
        world.isLost = { message, _ in message.method == .ack }
        world.perform(World.bob, .accept(session: "invitation-1"))
        world.perform(World.bob, .leave(session: "invitation-1"))
        #expect(world.requests(.bye, from: World.bob).isEmpty)
        world.isLost = { _, _ in false }
        world.run(for: .seconds(5))
        #expect(world.requests(.bye, from: World.bob).count == 1)
        #expect(world.reports[World.bob]?.last == .ended(session: "invitation-1", reason: "left"))
        #expect(world.reports[World.alice]?.last == .ended(session: "chat", reason: "released by the peer"))
    }

    @Test func `An invitation that nobody answers gets 408`() {
        var world = World { $0.patience = .seconds(20) }
        world.inject(invite(), to: World.bob, for: .seconds(21))
        #expect(world.sent(World.bob).map(\.status).contains(408))
        #expect(
            world.reports[World.bob]?.last
                == .ended(session: "invitation-1", reason: "not answered by the user"))
    }

    @Test func `The Expires of the INVITE shortens the patience`() {
        var world = World()
        world.inject(invite("Expires: 5"), to: World.bob, for: .seconds(6))
        #expect(world.sent(World.bob).map(\.status).contains(408))
    }

    @Test(arguments: [
        ("application/sdp", "v=0\n", 488), ("application/sdp", "", 488), ("text/plain", "hello", 415),
    ])
    func `What is no offer is turned away without alerting anyone`(type: String, body: String, status: Int) {
        var world = World()
        world.inject(invite(body: body, type: type), to: World.bob, for: .milliseconds(10))
        #expect(world.sent(World.bob).map(\.status) == [status])
        #expect(world.reports[World.bob] == nil)
    }

    @Test(arguments: [
        ("m=message 2855 TCP/MSRP *", "m=audio 2855 RTP/AVP 0"), ("accept-types:text/plain", "accept-types:image/png"),
        ("message 2855", "message 0"), ("a=path:msrp://127.0.0.11:2855/abcdefgh;tcp", "a=path:http://nowhere"),
    ])
    func `An offer that cannot be met gets 488 with a Warning`(old: String, new: String) throws {
        var world = World()
        world.inject(invite(body: Self.offer.replacing(old, with: new)), to: World.bob, for: .milliseconds(10))
        let refusal = try #require(world.sent(World.bob).first)
        #expect(refusal.status == 488)
        #expect(refusal.first(.warning)?.hasPrefix("399 ") == true)
    }

    @Test func `An interval below 90 seconds gets 422 with Min-SE`() throws {
        var world = World()
        world.inject(invite("Supported: timer\nSession-Expires: 30"), to: World.bob, for: .milliseconds(10))
        let refusal = try #require(world.sent(World.bob).first)
        #expect(refusal.status == 422)
        #expect(refusal.first(.minSE) == "90")
    }

    @Test func `An interval beyond every clock is kept as one that a clock can keep`() throws {
        var world = World()
        world.inject(invite("Supported: timer\nMin-SE: 9223372036854775807"), to: World.bob)
        world.perform(World.bob, .accept(session: "invitation-1"), for: .zero)
        let to = try #require(world.sent(World.bob).last?.first(.to))
        let ack = """
            ACK sip:bob@127.0.0.12:5060 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKack
            From: <sip:alice@example.com>;tag=a1
            To: \(to)
            Call-ID: call-1
            CSeq: 1 ACK
            Content-Length: 0


            """
        world.inject(ack, to: World.bob)
        #expect(world.heard(.established(session: "invitation-1"), by: World.bob))
    }

    @Test func `A re-INVITE before the ACK gets 500 with Retry-After`() throws {
        var world = World()
        world.inject(invite(), to: World.bob)
        world.perform(World.bob, .accept(session: "invitation-1"), for: .zero)
        let to = try #require(world.sent(World.bob).last?.first(.to))
        let again = invite().replacing("To: <sip:bob@example.com>", with: "To: \(to)")
            .replacing("CSeq: 1", with: "CSeq: 2").replacing("test1", with: "test2")
        world.inject(again, to: World.bob, for: .milliseconds(10))
        let refusal = try #require(world.sent(World.bob).last)
        #expect(refusal.status == 500)
        #expect(refusal.contains(.retryAfter))
    }

    @Test func `Two invitations have two names`() {
        var world = World()
        world.inject(invite(), to: World.bob)
        world.inject(
            invite().replacing("call-1", with: "call-2").replacing("test1", with: "test2"), to: World.bob)
        #expect(world.reports[World.bob]?.count == 2)
        #expect(world.reports[World.bob]?.last == .invited(by: "sip:alice@example.com", session: "invitation-2"))
    }
}
