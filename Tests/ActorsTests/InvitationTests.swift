import Actors
import SDP
import SIPSyntax
import Testing

@Suite struct InvitationTests {
    private func invite(_ world: inout World) throws -> SIPMessage {
        world.logIn()
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
        return try #require(world.requests(.invite, from: World.alice).first)
    }

    @Test func `INVITE carries the fields of an IM session`() throws {
        var world = World()
        let invite = try invite(&world)
        #expect(invite.requestURI == "sip:bob@example.com")
        #expect(invite.first(.acceptContact) == "*;+g.oma.sip-im")
        #expect(invite.first(.userAgent)?.hasPrefix("IM-client/OMA1.0") == true)
        #expect(invite.first(.contact) == "<sip:alice@127.0.0.11:5060>;+g.oma.sip-im")
        #expect(invite.list(.supported) == ["timer", "replaces", "norefersub"])
        #expect(invite.first(.sessionExpires) == "1800;refresher=uac")
        #expect(invite.list(.allow).contains("BYE"))
        #expect(invite.first(.contentType) == "application/sdp")
    }

    @Test func `The offer is MSRP over TCP at the own address and port`() throws {
        var world = World()
        let offer = try SessionDescription(parsing: try invite(&world).body)
        let media = try #require(offer.media.first)
        #expect(media.isMSRP && media.port == 2855)
        #expect(media.acceptTypes == ["text/plain", "message/cpim"])
        #expect(media.path.count == 1 && media.path[0].hasPrefix("msrp://127.0.0.11:2855/"))
    }

    @Test func `A 2xx is acknowledged to the Contact of the peer by way of the recorded route`() throws {
        var world = World()
        world.establish()
        let ack = try #require(world.requests(.ack, from: World.alice).first)
        #expect(ack.requestURI == "sip:bob@127.0.0.12:5060")
        #expect(ack.list(.route) == ["<sip:127.0.0.1:5060;lr>"])
        #expect(try ack.cSeq()?.number == 1)
        #expect(world.heard(.established(session: "chat"), by: World.alice))
    }

    @Test func `A 2xx that comes again is acknowledged again`() {
        var world = World()
        var acks = 0
        world.isLost = { message, from in
            guard message.method == .ack, from == World.alice else { return false }
            acks += 1
            return acks <= 2
        }
        world.establish()
        world.run(for: .seconds(5))
        #expect(world.requests(.ack, from: World.alice).count == 3)
        #expect(world.heard(.established(session: "invitation-1"), by: World.bob))
    }

    @Test func `A refusal is reported with its status and acknowledged by the transaction`() {
        var world = World()
        world.logIn()
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
        world.perform(World.bob, .decline(session: "invitation-1"))
        #expect(world.reports[World.alice]?.last == .declined(session: "chat", status: 480))
        #expect(world.requests(.ack, from: World.alice).count == 1)
        #expect(world.reports[World.bob]?.last == .ended(session: "invitation-1", reason: "declined"))
    }

    @Test func `Silence counts as 408`() {
        var world = World()
        world.logIn()
        world.proxy.swallowsInvites = true
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"), for: .seconds(40))
        #expect(world.requests(.invite, from: World.alice).count == 7)
        #expect(world.reports[World.alice]?.last == .declined(session: "chat", status: 408))
    }

    @Test func `Leaving before the answer cancels, and the 487 ends it on both sides`() throws {
        var world = World()
        let invite = try invite(&world)
        world.perform(World.alice, .leave(session: "chat"))
        let cancel = try #require(world.requests(.cancel, from: World.alice).first)
        #expect(try cancel.via() == invite.via())
        #expect(cancel.requestURI == invite.requestURI)
        #expect(world.responses(to: .cancel, from: World.bob).map(\.status) == [200])
        #expect(world.responses(to: .invite, from: World.bob).last?.status == 487)
        #expect(world.reports[World.alice]?.last == .ended(session: "chat", reason: "cancelled"))
        #expect(
            world.reports[World.bob]?.last
                == .ended(session: "invitation-1", reason: "cancelled by the inviter"))
    }

    @Test func `CANCEL waits for a provisional response`() {
        var world = World()
        world.logIn()
        world.isLost = { message, _ in message.status == 180 }
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"), for: .zero)
        world.perform(World.alice, .leave(session: "chat"), for: .milliseconds(100))
        #expect(world.requests(.cancel, from: World.alice).isEmpty)
        world.isLost = { _, _ in false }
        world.run(for: .seconds(5))
        #expect(world.requests(.cancel, from: World.alice).count == 1)
        #expect(world.reports[World.alice]?.last == .ended(session: "chat", reason: "cancelled"))
    }

    @Test func `A session accepted in spite of the CANCEL is acknowledged and released`() {
        var world = World()
        world.logIn()
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
        world.isLost = { message, _ in message.method == .cancel }
        world.perform(World.alice, .leave(session: "chat"), for: .zero)
        world.perform(World.bob, .accept(session: "invitation-1"))
        #expect(world.requests(.ack, from: World.alice).count == 1)
        #expect(world.requests(.bye, from: World.alice).count == 1)
        #expect(world.reports[World.alice]?.last == .ended(session: "chat", reason: "cancelled"))
        #expect(world.reports[World.bob]?.last == .ended(session: "invitation-1", reason: "released by the peer"))
    }

    @Test func `A CANCEL that brings no final response ends after 64 T1`() {
        var world = World()
        world.logIn()
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
        world.isLost = { message, from in from == World.bob }
        world.perform(World.alice, .leave(session: "chat"), for: .seconds(40))
        #expect(world.reports[World.alice]?.last == .ended(session: "chat", reason: "cancelled"))
    }

    @Test func `An interval that is too small is raised as 422 asks`() throws {
        var world = World()
        world.proxy.minimumInterval = 2400
        world.logIn()
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
        let invites = world.requests(.invite, from: World.alice)
        #expect(invites.count == 2)
        #expect(Set(invites.compactMap(\.callID)).count == 1)
        #expect(try invites.map { try $0.cSeq()?.number } == [1, 2])
        #expect(invites.last?.first(.minSE) == "2400")
        #expect(invites.last?.first(.sessionExpires)?.hasPrefix("2400") == true)
    }

    @Test func `CANCEL goes to the INVITE that was sent last`() throws {
        var world = World()
        world.proxy.minimumInterval = 2400
        world.logIn()
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
        world.perform(World.alice, .leave(session: "chat"))
        let cancel = try #require(world.requests(.cancel, from: World.alice).first)
        #expect(try cancel.cSeq()?.number == 2)
        #expect(world.reports[World.alice]?.last == .ended(session: "chat", reason: "cancelled"))
    }

    @Test(arguments: [
        (ClientDefect.answerPortZero, "MSRP is refused with port 0"),
        (.answerWithoutPath, "No usable path of the peer"),
    ])
    func `An answer that does not fit is acknowledged and the dialog released`(
        defect: ClientDefect, reason: String
    ) {
        var world = World(bob: [defect])
        world.establish()
        #expect(world.requests(.ack, from: World.alice).count == 1)
        #expect(world.requests(.bye, from: World.alice).count == 1)
        #expect(world.reports[World.alice]?.last == .ended(session: "chat", reason: reason))
    }

    @Test func `A name that is in use begins no second session`() throws {
        var world = World()
        _ = try invite(&world)
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
        #expect(world.requests(.invite, from: World.alice).count == 1)
        #expect(world.heard(.protocolTrouble("The session “chat” exists already"), by: World.alice))
    }
}
