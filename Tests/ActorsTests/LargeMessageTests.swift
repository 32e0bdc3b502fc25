import Actors
import Bytes
import Conformance
import MSRP
import MessageBodies
import Network
import SDP
import SIPSyntax
import Testing

@Suite struct LargeMessageTests {
    private let picture = MediaContent(name: "holiday.png", type: "image/png", size: 20_000)

    /// A large message of Alice; what is for the group or the factory ends at Bob.
    private func send(
        to destination: Destination = .user("sip:bob@example.com"), alice: Set<ClientDefect> = [],
        bob: Set<ClientDefect> = [], for duration: Duration = .seconds(1),
        adjusting: (inout IMClient.Profile) -> Void = { _ in }
    ) -> World {
        var world = World(alice: alice, bob: bob, adjusting: adjusting)
        world.logIn()
        for uri in ["sip:group@example.com", "sip:conference-factory@localhost"] {
            world.proxy.bindings[uri] = SocketAddress(World.bob, port: 5060)
        }
        world.perform(World.alice, .sendLarge(picture, to: destination), for: duration)
        return world
    }

    private func invite(of world: World) throws -> SIPMessage {
        try #require(world.requests(.invite, from: World.alice).first)
    }

    private func answer(of world: World) throws -> SessionDescription {
        let ok = try #require(world.responses(to: .invite, from: World.bob).first { $0.status == 200 })
        return try SessionDescription(parsing: ok.body)
    }

    @Test func `The INVITE says that it is for a large message, and offers to send alone`() throws {
        let invite = try invite(of: send())
        #expect(invite.requestURI == "sip:bob@example.com")
        #expect(invite.all(.acceptContact) == ["*;+g.oma.sip-im", "*;+g.oma.sip-im.large-message"])
        #expect(invite.first(.contact)?.hasSuffix(">;+g.oma.sip-im") == true)
        let media = try SessionDescription(parsing: invite.body).media
        #expect(media.map(\.ownDirection) == [.sendOnly])
        #expect(media.map(\.acceptTypes) == [["image/png"]])
    }

    @Test func `The message goes in chunks of its own size, arrives whole, and the session is released at once`() throws
    {
        let world = send { $0.chunkSize = 4 }
        let chunks = world.texts(World.alice)
        #expect(chunks.count == (picture.bytes.count + 2047) / 2048)
        #expect(Set(chunks.map(\.messageID)).count == 1)
        #expect(Set(chunks.map(\.contentType)) == ["image/png"])
        #expect(Set(chunks.map { $0.first(.contentDisposition) }) == ["inline;filename=holiday.png"])
        #expect(world.heard(.contentSent(name: "holiday.png"), by: World.alice))
        #expect(
            world.hasContent(picture, at: World.bob, in: nil))
        #expect(world.requests(.bye, from: World.alice).count == 1)
        #expect(world.responses(to: .bye, from: World.bob).map(\.status) == [200])
    }

    @Test func `The receiver takes it without its user, and answers to receive alone`() throws {
        let world = send()
        #expect(world.reports[World.bob]?.contains { if case .invited = $0 { true } else { false } } == false)
        let media = try answer(of: world).media
        #expect(media.map(\.ownDirection) == [.receiveOnly])
        #expect(media.map(\.acceptTypes) == [["image/png"]])
    }

    @Test func `Types that the receiver does not take are answered 488`() {
        let world = send { $0.contentTypes = ["text/plain"] }
        #expect(world.responses(to: .invite, from: World.bob).last?.status == 488)
        #expect(
            world.heard(.contentFailed(name: "holiday.png", reason: "488 Not Acceptable Here"), by: World.alice))
    }

    @Test func `A message to a group goes to its identity, in wrappers that name it`() throws {
        let world = send(to: .group("sip:group@example.com"))
        let invite = try invite(of: world)
        #expect(invite.requestURI == "sip:group@example.com")
        let media = try SessionDescription(parsing: invite.body).media
        #expect(media.map(\.acceptTypes) == [["message/cpim", "image/png"]])
        #expect(media.map(\.acceptWrappedTypes) == [["image/png"]])
        let body = world.texts(World.alice).flatMap { $0.body ?? [] }
        let wrapper = try CPIMMessage(parsing: body)
        #expect(wrapper.from == "sip:alice@example.com")
        #expect(wrapper.to == ["sip:group@example.com"])
        #expect(wrapper.body == picture.bytes)
        #expect(
            world.hasContent(picture, at: World.bob, in: nil))
    }

    @Test func `A message to a list goes to the factory with the list, in wrappers that name the session`() throws {
        let world = send(to: .users(["sip:bob@example.com", "sip:carol@example.com"]))
        let invite = try invite(of: world)
        #expect(invite.requestURI == "sip:conference-factory@localhost")
        #expect(invite.list(.require) == ["recipient-list-invite"])
        let body = try MultipartBody(parsing: invite.body, contentType: invite.first(.contentType) ?? "")
        let list = try #require(body.first(disposition: "recipient-list"))
        #expect(
            try ResourceLists(parsing: list.body).entries.map(\.uri)
                == ["sip:bob@example.com", "sip:carol@example.com"])
        let wrapper = try CPIMMessage(parsing: world.texts(World.alice).flatMap { $0.body ?? [] })
        #expect(wrapper.to == ["sip:bob@127.0.0.12:5060"])
    }

    @Test func `An interval that is too short is raised, and the message sent all the same`() {
        var world = World { $0.sessionInterval = .seconds(1800) }
        world.logIn()
        world.proxy.minimumInterval = 3600
        world.perform(World.alice, .sendLarge(picture, to: .user("sip:bob@example.com")))
        #expect(world.requests(.invite, from: World.alice).count == 2)
        #expect(world.heard(.contentSent(name: "holiday.png"), by: World.alice))
    }

    @Test func `An invitation that nobody answers is a failure`() {
        var world = World()
        world.logIn()
        world.proxy.swallowsInvites = true
        world.perform(World.alice, .sendLarge(picture, to: .user("sip:bob@example.com")), for: .seconds(40))
        #expect(world.heard(.contentFailed(name: "holiday.png", reason: "no response (408)"), by: World.alice))
    }

    @Test func `A connection that cannot be opened ends the session`() {
        var world = World()
        world.logIn()
        world.refusesMSRP = true
        world.perform(World.alice, .sendLarge(picture, to: .user("sip:bob@example.com")))
        #expect(world.heard(.contentFailed(name: "holiday.png", reason: "no MSRP response"), by: World.alice))
        #expect(world.responses(to: .bye, from: World.bob).map(\.status) == [200])
    }

    @Test func `A chunk that is not answered ends the session`() {
        let world = send(bob: [.msrpAnswerLost], for: .seconds(35))
        #expect(world.heard(.contentFailed(name: "holiday.png", reason: "no MSRP response"), by: World.alice))
        #expect(world.requests(.bye, from: World.alice).count == 1)
    }

    @Test func `A 2xx that comes again is acknowledged again`() {
        var world = World()
        world.logIn()
        world.isLost = { message, from in message.method == .ack && from == World.core }
        world.perform(World.alice, .sendLarge(picture, to: .user("sip:bob@example.com")), for: .milliseconds(3))
        world.run(for: .seconds(1))
        #expect(world.requests(.ack, from: World.alice).count == 1)
        #expect(world.heard(.contentSent(name: "holiday.png"), by: World.alice))
    }

    @Test func `largeMessageTagMissing makes a chat of it`() throws {
        let world = send(alice: [.largeMessageTagMissing])
        #expect(try invite(of: world).all(.acceptContact) == ["*;+g.oma.sip-im"])
        #expect(world.reports[World.bob]?.contains { if case .contentReceived = $0 { true } else { false } } == false)
    }

    @Test func `largeMessageBothWays offers both directions, beside a list too`() throws {
        #expect(
            try SessionDescription(parsing: invite(of: send(alice: [.largeMessageBothWays])).body)
                .media.map(\.ownDirection) == [nil])
        let invite = try invite(of: send(to: .users(["sip:bob@example.com"]), alice: [.largeMessageBothWays]))
        let body = try MultipartBody(parsing: invite.body, contentType: invite.first(.contentType) ?? "")
        #expect(body.parts.count == 2)
        #expect(try SessionDescription(parsing: body.parts[0].body).media.map(\.ownDirection) == [nil])
    }

    @Test func `largeMessageSessionStays sends no BYE`() {
        let world = send(alice: [.largeMessageSessionStays], for: .seconds(60))
        #expect(world.heard(.contentSent(name: "holiday.png"), by: World.alice))
        #expect(world.requests(.bye, from: World.alice).isEmpty)
    }

    @Test func `largeMessageSubscribed subscribes to what is no conference`() {
        let world = send(alice: [.largeMessageSubscribed])
        #expect(world.requests(.subscribe, from: World.alice).first?.first(.event) == "conference")
    }

    @Test func `byteRangeTotalWrong claims a byte more than there is`() {
        let world = send(alice: [.byteRangeTotalWrong])
        #expect(world.texts(World.alice).first?.byteRange?.total == picture.bytes.count + 1)
        #expect(world.reports[World.bob]?.contains { if case .contentReceived = $0 { true } else { false } } == false)
    }

    @Test func `contentAltered changes the last byte and nothing else`() {
        let world = send(alice: [.contentAltered])
        let body = world.texts(World.alice).flatMap { $0.body ?? [] }
        #expect(body.dropLast() == picture.bytes.dropLast())
        #expect(body.last != picture.bytes.last)
    }
}
