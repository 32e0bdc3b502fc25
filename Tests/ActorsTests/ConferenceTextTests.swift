import Actors
import Bytes
import MSRP
import MessageBodies
import SIPSyntax
import Testing

@Suite("Texts in conferences: OMA-TS-SIMPLE_IM-V1_0 §7.1.3.2.1 and §7.1.3.3")
struct ConferenceTextTests {
    private func wrappers(of world: World) throws -> [CPIMMessage] {
        try world.texts(World.alice).map { text in
            #expect(text.contentType == "message/cpim")
            return try CPIMMessage(parsing: try #require(text.body))
        }
    }

    @Test func `A text goes to the session identity of an ad-hoc conference, from what the conference calls one`()
        throws
    {
        var world = World()
        world.logInWithFocus()
        world.focus.documents = [.of(["sip:other-name@example.com", "bob"], own: "sip:other-name@example.com")]
        world.perform(World.alice, .invite(.users(["sip:bob@example.com"]), session: "conf"))
        world.perform(World.alice, .send(text: "Hello B", session: "conf"))
        let wrapper = try #require(try wrappers(of: world).first)
        #expect(wrapper.to == [ScriptedFocus.identity])
        #expect(wrapper.from == "sip:other-name@example.com")
        #expect(wrapper.contentType == "text/plain" && wrapper.body.text == "Hello B")
        #expect(world.heard(.sent(text: "Hello B", session: "conf"), by: World.alice))
    }

    @Test func `A text goes to the group of a pre-defined conference`() throws {
        var world = World()
        world.logInWithFocus()
        world.focus.documents = [.of(["alice"], own: "alice", entity: ScriptedFocus.group)]
        world.perform(World.alice, .join(group: ScriptedFocus.group, alias: nil, session: "room"))
        world.perform(World.alice, .send(text: "Hello", session: "room"))
        #expect(try wrappers(of: world).first?.to == [ScriptedFocus.group])
    }

    @Test func `A text waits until the conference has said what it calls its sender`() throws {
        var world = World()
        world.logInWithFocus()
        world.focus.documents = [.of(["bob"]), .of(["alice"], own: "alice", state: .partial, version: 2)]
        world.perform(World.alice, .invite(.users(["sip:bob@example.com"]), session: "conf"))
        world.perform(World.alice, .send(text: "Hello B", session: "conf"))
        #expect(world.texts(World.alice).isEmpty)
        world.notify()
        #expect(try wrappers(of: world).first?.from == "sip:alice@example.com")
    }

    @Test func `A text that waits goes from the own address when nothing is to be learned`() throws {
        var world = World()
        world.focus.statuses[.subscribe] = 404
        world.confer()
        world.perform(World.alice, .send(text: "Hello B", session: "conf"))
        #expect(try wrappers(of: world).first?.from == "sip:alice@example.com")
    }

    @Test func `A text that still waits when the session ends has failed`() {
        var world = World()
        world.focus.order = .never
        world.confer()
        world.perform(World.alice, .send(text: "Hello B", session: "conf"))
        world.perform(World.alice, .leave(session: "conf"))
        #expect(
            world.heard(
                .sendFailed(text: "Hello B", session: "conf", reason: "the session has ended"), by: World.alice))
    }

    @Test func `A private message is addressed to its receivers alone`() throws {
        var world = World()
        world.confer()
        let receivers = ["sip:bob@example.com", "sip:dora@example.com"]
        world.perform(World.alice, .whisper(text: "Private 1", session: "conf", to: receivers))
        #expect(try wrappers(of: world).first?.to == receivers)
        #expect(world.heard(.sent(text: "Private 1", session: "conf"), by: World.alice))
    }

    @Test func `A text is from whom its wrapper says`() throws {
        var world = World()
        world.confer()
        world.proxy.bindings["sip:bob@example.com"] = nil
        world.perform(World.bob, .join(group: ScriptedFocus.group, alias: nil, session: "conf"))
        world.focus.documents = [.of(["alice", "bob"], own: "bob")]
        world.notify()
        world.perform(World.bob, .send(text: "Hello A", session: "conf"))
        #expect(
            world.heard(.received(text: "Hello A", from: "sip:bob@example.com", session: "conf"), by: World.alice))
    }

    @Test func `A text that the switch refuses has failed`() {
        var world = World()
        world.confer()
        world.focus.sendStatus = 403
        world.perform(World.alice, .send(text: "Hello B", session: "conf"))
        #expect(world.heard(.sendFailed(text: "Hello B", session: "conf", reason: "MSRP 403"), by: World.alice))
    }

    // MARK: Attempts

    @Test func `An attempt in a session that exists is a text`() {
        var world = World()
        world.confer()
        world.perform(World.alice, .attempt(text: "Hello", session: "conf"))
        #expect(
            world.heard(.attempted(text: "Hello", session: "conf", outcome: "MSRP 200"), by: World.alice))
    }

    @Test func `An attempt after the end sends nothing, for the client knows that it is over`() {
        var world = World()
        world.confer()
        world.perform(World.alice, .leave(session: "conf"))
        let before = world.texts(World.alice).count
        world.perform(World.alice, .attempt(text: "Hello", session: "conf"))
        #expect(
            world.reports[World.alice]?.last
                == .attempted(text: "Hello", session: "conf", outcome: "There is no session “conf”"))
        #expect(world.texts(World.alice).count == before)
    }

    @Test func `An attempt in a session that never was comes to nothing`() {
        var world = World()
        world.perform(World.alice, .attempt(text: "Hello", session: "conf"))
        #expect(
            world.reports[World.alice]
                == [.attempted(text: "Hello", session: "conf", outcome: "There is no session “conf”")])
    }
}
