import Actors
import MSRP
import MessageBodies
import SIPSyntax
import Testing

@Suite("A 1-to-1 session becomes a conference: OMA-TS-SIMPLE_IM-V1_0 §7.1.1.6, RFC 3891")
struct ExtensionTests {
    /// Alice and Bob talk where there is a focus.
    private func talk(bob: Set<ClientDefect> = []) -> World {
        var world = World(bob: bob)
        world.logInWithFocus()
        world.focus.documents = [.of(["alice", "bob", "carol"], own: "alice")]
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
        world.perform(World.bob, .accept(session: "invitation-1"))
        return world
    }

    private func entries(of invite: SIPMessage) throws -> [String] {
        let body = try #require(ScriptedFocus.part(ContentType(ResourceLists.mediaType), of: invite))
        return try ResourceLists(parsing: body).entries.map(\.uri)
    }

    /// The Replaces of an INVITE to Bob that names the dialog as Bob has it.
    private func replaces(_ world: World) throws -> Replaces {
        let ok = try #require(world.responses(to: .invite, from: World.bob).last { $0.status == 200 })
        return Replaces(
            callID: try #require(ok.callID), toTag: try #require(try ok.to()?.tag),
            fromTag: try #require(try ok.from()?.tag))
    }

    @Test func `The list names the peer with the dialog that is to be replaced, as the peer has it`() throws {
        var world = talk()
        let replaces = try replaces(world)
        world.perform(World.alice, .extend(session: "chat", with: ["sip:carol@example.com"], conference: "conf"))
        let invite = try #require(world.requests(.invite, from: World.alice).last)
        #expect(invite.requestURI == ScriptedFocus.factory)
        let entries = try entries(of: invite)
        #expect(entries.count == 2 && entries[1] == "sip:carol@example.com")
        let peer = try SIPURI(parsing: entries[0])
        #expect(peer.addressOfRecord == "sip:bob@example.com")
        #expect(peer.headers.map(\.name) == ["Replaces"])
        let value = replaces.description.replacing("@", with: "%40").replacing(";", with: "%3B")
            .replacing("=", with: "%3D")
        #expect(peer.headers.map(\.value) == [value])
        #expect(world.heard(.established(session: "conf"), by: World.alice))
    }

    @Test func `The peer accepts what replaces its session, and ends that by a BYE after its 200`() throws {
        var world = talk()
        let replaces = try replaces(world)
        let invitation = ConferenceTests.invitation(fields: "Replaces: \(replaces)\nRequire: replaces", callID: "new")
        world.inject(invitation, to: World.bob)
        #expect(world.heard(.invited(by: "sip:room@example.com", session: "invitation-2"), by: World.bob))
        let sent = world.sent(World.bob)
        // The 200 comes again until its ACK comes.
        let answered = try #require(sent.firstIndex { $0.status == 200 && $0.callID == "new" })
        let left = try #require(sent.firstIndex { $0.method == .bye })
        #expect(answered < left)
        #expect(!sent.contains { $0.status == 180 && $0.callID == "new" })
        #expect(world.requests(.bye, from: World.bob).first?.callID == replaces.callID)
        #expect(world.reports[World.alice]?.last == .ended(session: "chat", reason: "released by the peer"))
        world.inject(try ConferenceTests.ack(world, callID: "new"), to: World.bob)
        #expect(world.heard(.established(session: "invitation-2"), by: World.bob))
    }

    @Test func `Replaces that matches no dialog gets 481`() throws {
        var world = talk()
        var replaces = try replaces(world)
        replaces = Replaces(
            callID: replaces.callID, toTag: try #require(replaces.fromTag), fromTag: try #require(replaces.toTag))
        world.inject(
            ConferenceTests.invitation(fields: "Replaces: \(replaces)\nRequire: replaces"), to: World.bob,
            for: .milliseconds(10))
        #expect(world.sent(World.bob).last?.status == 481)
    }

    @Test func `Replaces of an early dialog alone gets 486 for one that is confirmed`() throws {
        var world = talk()
        let replaces = try replaces(world)
        world.inject(
            ConferenceTests.invitation(fields: "Replaces: \(replaces);early-only"), to: World.bob,
            for: .milliseconds(10))
        #expect(world.sent(World.bob).last?.status == 486)
    }

    @Test(arguments: ["Replaces: nonsense", "Replaces: a;to-tag=b;from-tag=c\nReplaces: d;to-tag=e;from-tag=f"])
    func `Replaces that cannot be read gets 400`(field: String) {
        var world = talk()
        world.inject(ConferenceTests.invitation(fields: field), to: World.bob, for: .milliseconds(10))
        #expect(world.sent(World.bob).last?.status == 400)
    }

    @Test func `A session with a focus is extended by adding`() throws {
        var world = World()
        world.confer()
        world.perform(World.alice, .extend(session: "conf", with: ["sip:carol@example.com"], conference: "more"))
        #expect(world.requests(.refer, from: World.alice).first?.first(.referTo) == "<sip:carol@example.com>")
        #expect(world.requests(.invite, from: World.alice).count == 1)
    }

    @Test func `A session without a focus is recorded as a conference with the history function`() throws {
        var world = talk()
        world.perform(World.alice, .record(session: "chat", name: "conversationX"))
        let entries = try entries(of: try #require(world.requests(.invite, from: World.alice).last))
        #expect(entries.count == 2 && entries[0].contains("?Replaces="))
        #expect(entries[1] == "sip:History@localhost;historyfilename=conversationX")
        #expect(world.reports[World.alice]?.contains(.recording(session: "chat")) == true)
        // What was the session keeps its name no longer; its end is not told.
        world.perform(World.bob, .leave(session: "invitation-1"))
        world.perform(World.alice, .send(text: "Message 3", session: "chat"))
        #expect(world.heard(.sent(text: "Message 3", session: "chat"), by: World.alice))
        #expect(world.texts(World.alice).last?.contentType == "message/cpim")
        #expect(!world.heard(.ended(session: "chat", reason: "released by the peer"), by: World.alice))
    }

    @Test func `A session stays what it is where the factory refuses to record it`() {
        var world = talk()
        world.focus.statuses[.invite] = 486
        world.perform(World.alice, .record(session: "chat", name: "x"))
        #expect(world.heard(.recordingFailed(session: "chat", reason: "486 to INVITE"), by: World.alice))
        world.perform(World.alice, .send(text: "Still here", session: "chat"))
        #expect(world.heard(.sent(text: "Still here", session: "chat"), by: World.alice))
    }

    @Test func `replacedSessionKept leaves the old session as it is`() throws {
        var world = talk(bob: [.replacedSessionKept])
        let replaces = try replaces(world)
        world.inject(
            ConferenceTests.invitation(fields: "Replaces: \(replaces)\nRequire: replaces", callID: "new"),
            to: World.bob)
        #expect(world.requests(.bye, from: World.bob).isEmpty)
        #expect(world.responses(to: .invite, from: World.bob).contains { $0.status == 200 && $0.callID == "new" })
    }
}
