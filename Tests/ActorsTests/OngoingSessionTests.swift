import Actors
import Conformance
import SDP
import SIPSyntax
import Testing

@Suite struct OngoingSessionTests {
    @Test func `The side that refreshes sends a re-INVITE with the same description at half the interval`() throws {
        var world = World()
        world.establish()
        world.run(for: .seconds(901))
        let invites = world.requests(.invite, from: World.alice)
        #expect(invites.count == 2)
        let refresh = try #require(invites.last)
        #expect(refresh.body == invites[0].body)
        #expect(refresh.list(.supported).contains("timer"))
        #expect(refresh.first(.sessionExpires) == "1800;refresher=uac")
        #expect(try refresh.to()?.tag != nil)
        #expect(try refresh.cSeq()?.number == 2)
        #expect(world.requests(.ack, from: World.alice).count == 2)
        #expect(world.responses(to: .invite, from: World.bob).last?.status == 200)
    }

    @Test func `A session that is refreshed lives on, and texts pass after it`() {
        var world = World()
        world.establish()
        world.run(for: .seconds(4000))
        world.perform(World.alice, .send(text: "Still here", session: "chat"))
        #expect(world.heard(.sent(text: "Still here", session: "chat"), by: World.alice))
        #expect(world.requests(.bye, from: World.alice).isEmpty && world.requests(.bye, from: World.bob).isEmpty)
    }

    @Test func `The side that watches ends a session that nobody refreshes`() {
        var world = World()
        world.establish()
        world.isLost = { _, from in from == World.alice }
        world.run(for: .seconds(1810))
        #expect(world.requests(.bye, from: World.bob).count >= 1)
        #expect(
            world.reports[World.bob]?.last
                == .ended(session: "invitation-1", reason: "not refreshed in time; BYE was not answered (408)"))
    }

    @Test func `A refresh that nobody answers ends the session`() {
        var world = World()
        world.establish()
        world.isLost = { message, from in from == World.bob }
        world.run(for: .seconds(1000))
        #expect(
            world.reports[World.alice]?.last
                == .ended(session: "chat", reason: "the re-INVITE was not answered; BYE was not answered (408)"))
    }

    @Test func `After a 491 the owner of the Call-ID waits 2.1 to 4 seconds and tries again`() {
        var world = World()
        world.establish()
        world.proxy.glares = 1
        world.run(for: .seconds(901))
        #expect(world.requests(.invite, from: World.alice).count == 2)
        world.run(for: .seconds(3))
        #expect(world.requests(.invite, from: World.alice).count == 3)
        #expect(world.responses(to: .invite, from: World.bob).last?.status == 200)
    }

    @Test func `After a 500 with a Retry-After the offer is made again when it says`() {
        var world = World()
        world.establish()
        world.proxy.postponements = (1, 5)
        world.run(for: .seconds(901))
        #expect(world.requests(.invite, from: World.alice).count == 2)
        world.run(for: .seconds(3))
        #expect(world.requests(.invite, from: World.alice).count == 2)
        world.run(for: .seconds(2))
        #expect(world.requests(.invite, from: World.alice).count == 3)
        #expect(world.responses(to: .invite, from: World.bob).last?.status == 200)
    }

    @Test func `A re-INVITE that is accepted after its sender has left is acknowledged all the same`() {
        var world = World()
        world.establish()
        world.isLost = { message, from in (message.method == nil && from == World.core) || message.method == .bye }
        world.run(for: .seconds(901))
        #expect(world.requests(.invite, from: World.alice).count >= 2)
        world.perform(World.alice, .leave(session: "chat"), for: .zero)
        world.isLost = { message, _ in message.method == .bye }
        let before = world.requests(.ack, from: World.alice).count
        world.run(for: .seconds(2))
        #expect(world.requests(.ack, from: World.alice).count > before)
    }

    @Test func `Either side may leave`() {
        var world = World()
        world.establish()
        world.perform(World.bob, .leave(session: "invitation-1"))
        #expect(world.responses(to: .bye, from: World.alice).map(\.status) == [200])
        #expect(world.reports[World.bob]?.last == .ended(session: "invitation-1", reason: "left"))
        #expect(world.reports[World.alice]?.last == .ended(session: "chat", reason: "released by the peer"))
    }

    @Test func `Two BYEs that cross are both answered 200`() {
        var world = World()
        world.establish()
        world.perform(World.bob, .leave(session: "invitation-1"), for: .zero)
        world.perform(World.alice, .leave(session: "chat"))
        #expect(world.responses(to: .bye, from: World.alice).map(\.status) == [200])
        #expect(world.responses(to: .bye, from: World.bob).map(\.status) == [200])
        #expect(world.reports[World.alice]?.last == .ended(session: "chat", reason: "left"))
        #expect(world.reports[World.bob]?.last == .ended(session: "invitation-1", reason: "left"))
    }

    @Test func `A session that is over is no session`() {
        var world = World()
        world.establish()
        world.perform(World.alice, .leave(session: "chat"))
        world.perform(World.alice, .send(text: "Late", session: "chat"))
        world.perform(World.alice, .leave(session: "chat"))
        let reason = "There is no session “chat”"
        #expect(world.heard(.sendFailed(text: "Late", session: "chat", reason: reason), by: World.alice))
        #expect(world.reports[World.alice]?.last == .ended(session: "chat", reason: reason))
    }

    /// A request of the core within the dialog that Bob has.
    private func request(_ method: String, _ number: Int, in world: World, body: String = "") throws -> String {
        let ok = try #require(world.responses(to: .invite, from: World.bob).first { $0.status == 200 })
        let (from, to) = (try #require(ok.first(.from)), try #require(ok.first(.to)))
        let type = body.isEmpty ? "" : "Content-Type: application/sdp\n"
        return """
            \(method) sip:bob@127.0.0.12:5060 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKinside\(number)
            Max-Forwards: 70
            From: \(from)
            To: \(to)
            Call-ID: \(try #require(ok.callID))
            CSeq: \(number) \(method)
            \(type)Content-Length: \(body.utf8.count + body.count(where: { $0 == "\n" }))

            \(body)
            """
    }

    @Test(arguments: [("OPTIONS", 200), ("MESSAGE", 200), ("NOTIFY", 481), ("UPDATE", 405)])
    func `Requests within the dialog are answered`(method: String, status: Int) throws {
        var world = World()
        world.establish()
        world.inject(try request(method, 7, in: world), to: World.bob, for: .milliseconds(10))
        #expect(world.sent(World.bob).last?.status == status)
    }

    @Test func `A request with an old CSeq gets 500`() throws {
        var world = World()
        world.establish()
        world.inject(try request("OPTIONS", 7, in: world), to: World.bob, for: .milliseconds(10))
        world.inject(try request("OPTIONS", 6, in: world), to: World.bob, for: .milliseconds(10))
        #expect(world.sent(World.bob).last?.status == 500)
    }

    @Test func `A re-INVITE that cannot be met gets 488 and leaves the session as it is`() throws {
        var world = World()
        world.establish()
        let body = "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 9 RTP/AVP 0\n"
        world.inject(try request("INVITE", 7, in: world, body: body), to: World.bob, for: .milliseconds(10))
        #expect(world.sent(World.bob).last?.status == 488)
        world.perform(World.alice, .send(text: "Hello B", session: "chat"))
        #expect(world.heard(.sent(text: "Hello B", session: "chat"), by: World.alice))
    }

    @Test func `A re-INVITE that has lost a line of the session gets 488`() throws {
        var world = World()
        world.establish()
        let line = try #require(world.requests(.invite, from: World.alice).first).body
        let file = MediaContent(name: "notes.txt", type: "text/plain", size: 5)
        world.perform(World.alice, .offer([file], session: "chat"))
        world.perform(World.bob, .refuse(session: "invitation-1"))
        let body = String(decoding: line, as: UTF8.self).replacing("\r\n", with: "\n")
        world.inject(try request("INVITE", 7, in: world, body: body), to: World.bob, for: .milliseconds(10))
        #expect(world.sent(World.bob).last?.status == 488)
    }

    @Test func `A re-INVITE without an offer is answered with the description that holds`() throws {
        var world = World()
        world.establish()
        let first = try #require(world.responses(to: .invite, from: World.bob).first { $0.status == 200 })
        world.inject(try request("INVITE", 7, in: world), to: World.bob, for: .milliseconds(10))
        #expect(world.sent(World.bob).last?.body == first.body)
    }

    @Test func `A re-INVITE for a session that does not exist gets 606 with a Warning`() throws {
        var world = World()
        world.establish()
        let reinvite = try request("INVITE", 7, in: world).replacing("Call-ID: ", with: "Call-ID: other-")
        world.inject(reinvite, to: World.bob, for: .milliseconds(10))
        let refusal = try #require(world.sent(World.bob).last)
        #expect(refusal.status == 606)
        #expect(refusal.first(.warning)?.contains("does not exist") == true)
    }

    @Test func `A BYE for a session that does not exist gets 481`() throws {
        var world = World()
        world.establish()
        let bye = try request("BYE", 7, in: world).replacing("Call-ID: ", with: "Call-ID: other-")
        world.inject(bye, to: World.bob, for: .milliseconds(10))
        #expect(world.sent(World.bob).last?.status == 481)
    }

    @Test func `A re-INVITE that meets our own gets 491`() throws {
        var world = World()
        world.establish()
        let ok = try #require(world.responses(to: .invite, from: World.bob).first { $0.status == 200 })
        world.isLost = { message, from in message.method == .invite && from == World.core }
        world.run(for: .seconds(900))
        let reinvite = """
            INVITE sip:alice@127.0.0.11:5060 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKglare
            From: \(try #require(ok.first(.to)))
            To: \(try #require(ok.first(.from)))
            Call-ID: \(try #require(ok.callID))
            CSeq: 1 INVITE
            Content-Length: 0


            """
        world.inject(reinvite, to: World.alice, for: .milliseconds(10))
        #expect(world.sent(World.alice).last?.status == 491)
    }
}
