import Actors
import Bytes
import MSRP
import MessageBodies
import SIPSyntax
import Testing

/// Each defect around conferences, by what it makes of the messages.
@Suite struct ConferenceDefectTests {
    /// A conference, one text and its end.
    private func conference(_ defect: ClientDefect, _ actions: ClientAction...) -> World {
        var world = World(alice: [defect])
        world.confer()
        for action in actions { world.perform(World.alice, action) }
        return world
    }

    private func entries(of world: World) throws -> [String] {
        let invite = try #require(world.requests(.invite, from: World.alice).last)
        let body = try #require(ScriptedFocus.part(ContentType(ResourceLists.mediaType), of: invite))
        return try ResourceLists(parsing: body).entries.map(\.uri)
    }

    private func wrapper(of world: World) throws -> CPIMMessage {
        try CPIMMessage(parsing: try #require(world.texts(World.alice).first?.body))
    }

    @Test func `subscribeTagMissing leaves Accept-Contact out of SUBSCRIBE`() {
        let subscribe = conference(.subscribeTagMissing).requests(.subscribe, from: World.alice).first
        #expect(subscribe?.contains(.acceptContact) == false)
    }

    @Test func `neverSubscribes does without the conference state, and talks all the same`() throws {
        let world = conference(.neverSubscribes, .send(text: "Hello B", session: "conf"))
        #expect(world.requests(.subscribe, from: World.alice).isEmpty)
        #expect(try wrapper(of: world).from == "sip:alice@example.com")
        #expect(world.heard(.unsubscribed(session: "conf", reason: "it is not wanted"), by: World.alice))
    }

    @Test func `hidesUnasked asks for privacy on entering a room`() throws {
        var world = World(alice: [.hidesUnasked])
        world.logIn()
        world.perform(World.alice, .join(group: "sip:room@example.com", alias: nil, session: "room"))
        #expect(try #require(world.requests(.invite, from: World.alice).first).first(.privacy) == "id")
    }

    @Test func `notifyNeverAnswered leaves NOTIFY without a response`() {
        #expect(conference(.notifyNeverAnswered).responses(to: .notify, from: World.alice).isEmpty)
    }

    @Test func `listWithWrongUser names nobody in place of the last user`() throws {
        #expect(try entries(of: conference(.listWithWrongUser)) == ["sip:nobody@example.com"])
    }

    @Test func `aliasWithoutPrivacy leaves Privacy out`() throws {
        var world = World(alice: [.aliasWithoutPrivacy])
        world.logInWithFocus()
        world.perform(World.alice, .join(group: ScriptedFocus.group, alias: "X", session: "room"))
        let invite = try #require(world.requests(.invite, from: World.alice).first)
        #expect(!invite.contains(.privacy))
        #expect(try invite.from()?.displayName == "X")
    }

    @Test func `textToWrongConference addresses the wrapper to another one`() throws {
        let world = conference(.textToWrongConference, .send(text: "Hello B", session: "conf"))
        #expect(try wrapper(of: world).to == ["sip:nobody@127.0.0.2:5060"])
    }

    @Test func `textFromSomebodyElse has the wrapper name another sender`() throws {
        let world = conference(.textFromSomebodyElse, .send(text: "Hello B", session: "conf"))
        #expect(try wrapper(of: world).from == "sip:nobody@example.com")
    }

    @Test func `textWithoutWrapper sends the text bare`() {
        let text = conference(.textWithoutWrapper, .send(text: "Hello B", session: "conf")).texts(World.alice).first
        #expect(text?.contentType == "text/plain" && text?.body?.text == "Hello B")
    }

    @Test func `whispersToAll addresses a private message to the conference`() throws {
        let world = conference(
            .whispersToAll, .whisper(text: "Private 1", session: "conf", to: ["sip:bob@example.com"]))
        #expect(try wrapper(of: world).to == [ScriptedFocus.identity])
    }

    @Test func `referSubMissing leaves Refer-Sub out`() {
        let world = conference(.referSubMissing, .add(["sip:dora@example.com"], session: "conf"))
        #expect(world.requests(.refer, from: World.alice).first?.contains(.referSub) == false)
    }

    @Test func `expelsByInvite refers to an INVITE`() {
        let world = conference(.expelsByInvite, .expel("sip:bob@example.com", session: "conf"))
        #expect(
            world.requests(.refer, from: World.alice).first?.first(.referTo) == "<sip:bob@example.com;method=INVITE>")
    }

    @Test func `leavesWithoutBye ends without a BYE`() {
        let world = conference(.leavesWithoutBye, .leave(session: "conf"))
        #expect(world.requests(.bye, from: World.alice).isEmpty)
        #expect(world.reports[World.alice]?.last == .ended(session: "conf", reason: "left"))
    }

    @Test func `rejoinsAsNewConference asks the factory`() throws {
        let world = conference(.rejoinsAsNewConference, .leave(session: "conf"), .rejoin(session: "conf"))
        #expect(world.requests(.invite, from: World.alice).last?.requestURI == ScriptedFocus.factory)
        #expect(try entries(of: world) == ["sip:bob@example.com"])
    }

    @Test func `replacesTagsSwapped and replacesMissing spoil the entry of the peer`() throws {
        func extended(_ defect: ClientDefect) throws -> String {
            var world = World(alice: [defect])
            world.logInWithFocus()
            world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
            world.perform(World.bob, .accept(session: "invitation-1"))
            world.perform(World.alice, .extend(session: "chat", with: ["sip:c@example.com"], conference: "conf"))
            return try entries(of: world)[0]
        }
        #expect(try extended(.replacesMissing) == "sip:bob@example.com")
        let swapped = try extended(.replacesTagsSwapped)
        let value = try #require(try SIPURI(parsing: swapped).headers.first?.value)
        let places = ["from-tag", "to-tag"].map { value.firstRange(of: $0)?.lowerBound }
        #expect(places.allSatisfy { $0 != nil } && places[0].map { first in places[1].map { first < $0 } } == true)
    }
}
