import Actors
import MessageBodies
import SIPSyntax
import Testing

@Suite("REFER: OMA-TS-SIMPLE_IM-V1_0 §7.1.1.7, §7.1.1.14, §13.1.1 and §13.1.2")
struct ReferralTests {
    private func refer(_ action: ClientAction, in world: inout World) throws -> SIPMessage {
        world.perform(World.alice, action)
        return try #require(world.requests(.refer, from: World.alice).last)
    }

    @Test func `One user is added by a REFER to the session identity, without a subscription`() throws {
        var world = World()
        world.confer()
        let refer = try refer(.add(["sip:dora@example.com"], session: "conf"), in: &world)
        #expect(refer.requestURI == ScriptedFocus.identity)
        #expect(refer.first(.referTo) == "<sip:dora@example.com>")
        #expect(refer.first(.referSub) == "false")
        #expect(!refer.contains(.require))
        #expect(refer.first(.acceptContact) == "*;+g.oma.sip-im")
        #expect(refer.contains(.contact))
        #expect(try refer.to()?.tag == nil)
        #expect(world.heard(.referred(session: "conf", status: 202), by: World.alice))
    }

    @Test func `Several users are added by a list`() throws {
        var world = World()
        world.confer()
        let users = ["sip:dora@example.com", "sip:emil@example.com"]
        let refer = try refer(.add(users, session: "conf"), in: &world)
        #expect(refer.list(.require) == ["multiple-refer", "norefersub"])
        #expect(refer.first(.referSub) == "false")
        let id = try #require(refer.first(SIPFieldName("Content-ID")))
        #expect(refer.first(.referTo) == "<cid:\(id.dropFirst())")
        #expect(refer.first(.contentDisposition) == "recipient-list")
        #expect(try ResourceLists(parsing: refer.body).entries.map(\.uri) == users)
    }

    @Test func `A user is expelled by a REFER whose method is BYE`() throws {
        var world = World()
        world.confer()
        let refer = try refer(.expel("sip:bob@example.com", session: "conf"), in: &world)
        #expect(refer.requestURI == ScriptedFocus.identity)
        #expect(refer.first(.referTo) == "<sip:bob@example.com;method=BYE>")
        #expect(refer.first(.referSub) == "false")
    }

    @Test func `A REFER that is refused is reported with its status`() throws {
        var world = World()
        world.confer()
        world.focus.statuses[.refer] = 403
        _ = try refer(.add(["sip:dora@example.com"], session: "conf"), in: &world)
        #expect(world.heard(.referred(session: "conf", status: 403), by: World.alice))
    }

    @Test func `Notifications that nobody wanted are answered all the same`() throws {
        var world = World()
        world.confer()
        world.focus.echoesReferSub = false
        world.focus.outcomes = ["SIP/2.0 100 Trying", "SIP/2.0 200 OK"]
        let before = world.responses(to: .notify, from: World.alice).count
        _ = try refer(.add(["sip:dora@example.com"], session: "conf"), in: &world)
        #expect(world.responses(to: .notify, from: World.alice).dropFirst(before).map(\.status) == [200, 200])
    }

    @Test func `Nobody is added to a session without a focus`() {
        var world = World()
        world.establish()
        world.perform(World.alice, .add(["sip:dora@example.com"], session: "chat"))
        #expect(world.requests(.refer, from: World.alice).isEmpty)
        #expect(world.reports[World.alice]?.last == .protocolTrouble("“chat” is no conference"))
    }

    // MARK: Recording

    @Test func `A recording is asked of the history function, and has begun when a NOTIFY says so`() throws {
        var world = World()
        world.confer()
        world.focus.outcomes = ["SIP/2.0 100 Trying", "SIP/2.0 200 OK"]
        let refer = try refer(.record(session: "conf", name: "conversation X"), in: &world)
        #expect(refer.requestURI == "sip:History@localhost;historyfilename=conversation%20X")
        #expect(refer.first(.referTo) == "<\(ScriptedFocus.identity);method=INVITE>")
        #expect(!refer.contains(.referSub))
        #expect(world.heard(.recording(session: "conf"), by: World.alice))
    }

    @Test func `A recording ends by a REFER whose method is BYE`() throws {
        var world = World()
        world.confer()
        world.focus.outcomes = ["SIP/2.0 200 OK"]
        let refer = try refer(.stopRecording(session: "conf"), in: &world)
        #expect(refer.requestURI == "sip:History@localhost")
        #expect(refer.first(.referTo) == "<\(ScriptedFocus.identity);method=BYE>")
        #expect(world.heard(.recordingEnded(session: "conf"), by: World.alice))
    }

    @Test(arguments: [
        (["SIP/2.0 486 Busy Here"], 202, "486"), ([], 403, "403 to the REFER"),
    ])
    func `A recording that does not begin has failed`(outcomes: [String], status: Int, reason: String) throws {
        var world = World()
        world.confer()
        world.focus.outcomes = outcomes
        world.focus.statuses[.refer] = status
        _ = try refer(.record(session: "conf", name: "x"), in: &world)
        #expect(world.heard(.recordingFailed(session: "conf", reason: reason), by: World.alice))
    }

    @Test func `A recording of which nothing is heard has failed after 64 times T1`() throws {
        var world = World()
        world.confer()
        _ = try refer(.record(session: "conf", name: "x"), in: &world)
        world.run(for: .seconds(33))
        #expect(
            world.heard(.recordingFailed(session: "conf", reason: "no NOTIFY has come"), by: World.alice))
    }

    @Test func `REFER to the client gets 405`() {
        var world = World()
        let refer = """
            REFER sip:alice@127.0.0.11:5060 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKrefer
            From: <sip:a@example.com>;tag=x
            To: <sip:alice@example.com>
            Call-ID: refer
            CSeq: 1 REFER
            Refer-To: <sip:b@example.com>
            Content-Length: 0


            """
        world.inject(refer, to: World.alice)
        #expect(world.sent(World.alice).last?.status == 405)
        #expect(world.sent(World.alice).last?.first(.allow)?.contains("NOTIFY") == true)
    }
}
