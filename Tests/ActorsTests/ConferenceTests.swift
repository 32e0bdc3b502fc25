import Actors
import Bytes
import MSRP
import MessageBodies
import SDP
import SIPSyntax
import Testing

@Suite("Entering and leaving conferences: OMA-TS-SIMPLE_IM-V1_0 §7.1.1.3 to §7.1.1.15")
struct ConferenceTests {
    private func list(of invite: SIPMessage) throws -> [String] {
        let body = try #require(ScriptedFocus.part(ContentType(ResourceLists.mediaType), of: invite))
        return try ResourceLists(parsing: body).entries.map(\.uri)
    }

    private func offer(of invite: SIPMessage) throws -> SessionDescription {
        let body = ScriptedFocus.part(ContentType("application/sdp"), of: invite) ?? invite.body
        return try SessionDescription(parsing: body)
    }

    @Test func `An ad-hoc conference is asked of the factory, with offer and list`() throws {
        var world = World()
        world.confer()
        let invite = try #require(world.requests(.invite, from: World.alice).first)
        #expect(invite.requestURI == "sip:conference-factory@localhost")
        #expect(invite.first(.contentType)?.hasPrefix("multipart/mixed") == true)
        #expect(invite.list(.require) == ["recipient-list-invite"])
        #expect(try list(of: invite) == ["sip:bob@example.com"])
        let line = try #require(try offer(of: invite).media.first)
        #expect(line.acceptTypes.first == "message/cpim")
        #expect(line.acceptWrappedTypes == ["text/plain"])
        #expect(world.heard(.established(session: "conf"), by: World.alice))
    }

    @Test func `A pre-defined conference is asked of the group`() throws {
        var world = World()
        world.logInWithFocus()
        world.perform(World.alice, .invite(.group(ScriptedFocus.group), session: "conf"))
        let invite = try #require(world.requests(.invite, from: World.alice).first)
        #expect(invite.requestURI == ScriptedFocus.group)
        #expect(invite.first(.contentType) == "application/sdp")
        #expect(try offer(of: invite).media.first?.acceptTypes.first == "message/cpim")
    }

    @Test func `A session with one user goes by the factory where the profile says so`() throws {
        var world = World { $0.oneToOne = .conference }
        world.logInWithFocus()
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "conf"))
        let invite = try #require(world.requests(.invite, from: World.alice).first)
        #expect(invite.requestURI == ScriptedFocus.factory)
        #expect(try list(of: invite) == ["sip:bob@example.com"])
        #expect(world.requests(.subscribe, from: World.alice).count == 1)
    }

    @Test func `An alias stands over an anonymous address in every request of the session`() throws {
        var world = World()
        world.logInWithFocus()
        world.focus.documents = [.of(["sip:anonymous1@anonymous.invalid"], own: "sip:anonymous1@anonymous.invalid")]
        world.perform(
            World.alice, .join(group: ScriptedFocus.group, alias: "ChatAliasX", session: "room"))
        world.perform(World.alice, .leave(session: "room"))
        for method in [SIPMethod.invite, .subscribe, .bye] {
            let request = try #require(world.requests(method, from: World.alice).first)
            #expect(try request.from()?.displayName == "ChatAliasX")
            #expect(try request.from()?.uri == "sip:anonymous@anonymous.invalid")
            #expect(request.first(.privacy) == "id")
        }
        #expect(world.requests(.register, from: World.alice).allSatisfy { !$0.contains(.privacy) })
    }

    @Test func `Who joins without an alias is called by name`() throws {
        var world = World()
        world.logInWithFocus()
        world.perform(World.alice, .join(group: ScriptedFocus.group, alias: nil, session: "room"))
        let invite = try #require(world.requests(.invite, from: World.alice).first)
        #expect(invite.requestURI == ScriptedFocus.group)
        #expect(invite.first(.contentType) == "application/sdp")
        #expect(!invite.contains(.privacy))
    }

    @Test func `Who is turned away says so, and may try again under another alias`() {
        var world = World()
        world.logInWithFocus()
        world.focus.statuses[.invite] = 403
        world.perform(World.alice, .join(group: ScriptedFocus.group, alias: "ChatAliasX", session: "room"))
        #expect(world.heard(.declined(session: "room", status: 403), by: World.alice))
        world.focus.statuses[.invite] = 200
        world.perform(World.alice, .join(group: ScriptedFocus.group, alias: "ChatAliasY", session: "room"))
        #expect(world.heard(.established(session: "room"), by: World.alice))
    }

    @Test func `Who joins again leaves first, which is nobody's business`() throws {
        var world = World()
        world.logInWithFocus()
        world.perform(World.alice, .join(group: ScriptedFocus.group, alias: "ChatAliasX", session: "room"))
        world.perform(World.alice, .join(group: ScriptedFocus.group, alias: "ChatAliasY", session: "room"))
        #expect(world.requests(.bye, from: World.alice).count == 1)
        let aliases = try world.requests(.invite, from: World.alice).map { try $0.from()?.displayName }
        #expect(aliases == ["ChatAliasX", "ChatAliasY"])
        let ends = world.reports[World.alice]?.filter { if case .ended = $0 { true } else { false } }
        #expect(ends == [])
    }

    @Test func `A 2xx whose answer is one part of several is understood`() {
        var world = World()
        world.focus.answerBody = { answer in
            let wrapper = CPIMMessage(
                from: ScriptedFocus.group, to: ["sip:anonymous1@anonymous.invalid"], contentType: "text/plain", body: []
            )
            let body = MultipartBody(
                boundary: "b",
                parts: [
                    .init(contentType: "message/cpim", body: wrapper.serialized()),
                    .init(contentType: "application/sdp", body: answer.serialized()),
                ])
            return (body.contentType, body.serialized())
        }
        world.confer()
        #expect(world.heard(.established(session: "conf"), by: World.alice))
    }

    @Test func `Leaving says BYE to the session identity and ends the subscription`() throws {
        var world = World()
        world.confer()
        world.perform(World.alice, .leave(session: "conf"))
        let bye = try #require(world.requests(.bye, from: World.alice).first)
        #expect(bye.requestURI == ScriptedFocus.identity)
        let subscribe = try #require(world.requests(.subscribe, from: World.alice).last)
        #expect(subscribe.first(.expires) == "0")
        #expect(try subscribe.to()?.tag != nil)
        #expect(world.responses(to: .notify, from: World.alice).map(\.status) == [200, 200])
        #expect(world.reports[World.alice]?.last == .ended(session: "conf", reason: "left"))
    }

    @Test func `A set-up that is called off is cancelled`() {
        var world = World()
        world.logInWithFocus()
        world.proxy.bindings[ScriptedFocus.factory] = world.proxy.bindings["sip:bob@example.com"]
        world.perform(World.alice, .invite(.users(["sip:bob@example.com"]), session: "conf"))
        world.perform(World.alice, .leave(session: "conf"))
        #expect(world.requests(.cancel, from: World.alice).count == 1)
        #expect(world.heard(.ended(session: "conf", reason: "cancelled"), by: World.alice))
    }

    // MARK: Coming back

    @Test func `Who rejoins goes to the session identity and subscribes again`() throws {
        var world = World()
        world.confer()
        world.perform(World.alice, .leave(session: "conf"))
        world.perform(World.alice, .rejoin(session: "conf"))
        let invite = try #require(world.requests(.invite, from: World.alice).last)
        #expect(invite.requestURI == ScriptedFocus.identity)
        #expect(invite.first(.contentType) == "application/sdp")
        #expect(world.requests(.subscribe, from: World.alice).map { $0.first(.expires) } == ["3600", "0", "3600"])
        #expect(world.reports[World.alice]?.count { $0 == .established(session: "conf") } == 2)
    }

    @Test func `Where a session was is forgotten after a while`() {
        var world = World { $0.memory = .seconds(60) }
        world.confer()
        world.perform(World.alice, .leave(session: "conf"), for: .seconds(61))
        world.perform(World.alice, .rejoin(session: "conf"))
        #expect(world.requests(.invite, from: World.alice).count == 1)
        #expect(
            world.reports[World.alice]?.last
                == .ended(session: "conf", reason: "where the session was is not remembered"))
    }

    // MARK: Being invited

    @Test func `An invitation of a focus is of its inviter, and the conference is subscribed to`() throws {
        var world = World()
        world.inject(Self.invitation(fields: "Referred-By: <sip:alice@example.com>"), to: World.bob)
        #expect(world.heard(.invited(by: "sip:alice@example.com", session: "invitation-1"), by: World.bob))
        world.perform(World.bob, .accept(session: "invitation-1"), for: .milliseconds(100))
        world.inject(try Self.ack(world), to: World.bob)
        let subscribe = try #require(world.requests(.subscribe, from: World.bob).first)
        #expect(subscribe.requestURI == ScriptedFocus.identity)
    }

    @Test func `Who is removed ends with a BYE of the focus, and forgets the subscription after a while`() throws {
        var world = World()
        world.confer()
        let ok = try #require(
            world.sip.compactMap { try? SIPMessage(parsing: $0.bytes) }.last {
                $0.status == 200 && $0.first(.cSeq) == "1 INVITE"
            })
        let bye = """
            BYE sip:alice@127.0.0.11:5060 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKkick
            From: \(try #require(ok.first(.to)))
            To: \(try #require(ok.first(.from)))
            Call-ID: \(try #require(ok.callID))
            CSeq: 1 BYE
            Content-Length: 0


            """
        world.inject(bye, to: World.alice)
        #expect(world.responses(to: .bye, from: World.alice).map(\.status) == [200])
        #expect(world.reports[World.alice]?.last == .ended(session: "conf", reason: "released by the peer"))
        #expect(world.requests(.subscribe, from: World.alice).count == 1)
        world.run(for: .seconds(6))
        #expect(world.requests(.subscribe, from: World.alice).last?.first(.expires) == "0")
    }

    static func invitation(fields: String, callID: String = "call-1") -> String {
        let body = """
            v=0
            o=- 1 1 IN IP4 127.0.0.2
            s=-
            c=IN IP4 127.0.0.2
            t=0 0
            m=message 2855 TCP/MSRP *
            a=accept-types:message/cpim
            a=accept-wrapped-types:text/plain
            a=path:msrp://127.0.0.2:2855/focus;tcp

            """
        return """
            INVITE sip:bob@127.0.0.12:5060 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK\(callID)
            Max-Forwards: 70
            From: <sip:alice@example.com>;tag=focus-\(callID)
            To: <sip:bob@example.com>
            Call-ID: \(callID)
            CSeq: 1 INVITE
            Contact: <\(ScriptedFocus.identity)>;isfocus;+g.oma.sip-im
            P-Asserted-Identity: <sip:room@example.com>
            \(fields)
            Content-Type: application/sdp
            Content-Length: \(body.utf8.count + body.count(where: { $0 == "\n" }))

            \(body)
            """
    }

    static func ack(_ world: World, callID: String = "call-1") throws -> String {
        let ok = try #require(world.responses(to: .invite, from: World.bob).last { $0.status == 200 })
        return """
            ACK sip:bob@127.0.0.12:5060 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKack\(callID)
            From: \(try #require(ok.first(.from)))
            To: \(try #require(ok.first(.to)))
            Call-ID: \(callID)
            CSeq: 1 ACK
            Content-Length: 0


            """
    }
}
