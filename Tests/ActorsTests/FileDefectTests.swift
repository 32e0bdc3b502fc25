import Actors
import Bytes
import Conformance
import MSRP
import MessageBodies
import SDP
import SIPSyntax
import Testing

/// Each defect of files, by what it makes of the messages of 601 or 604.
@Suite struct FileDefectTests {
    private let picture = MediaContent(name: "picture.png", type: "image/png", size: 5000)

    /// A session in which a file is offered and then taken, or refused and asked for.
    private func world(
        alice: Set<ClientDefect> = [], bob: Set<ClientDefect> = [],
        _ decision: ClientAction? = .take(session: "invitation-1")
    ) -> World {
        var world = World(alice: alice, bob: bob)
        world.establish()
        world.perform(World.alice, .offer([picture], session: "chat"))
        if let decision { world.perform(World.bob, decision) }
        return world
    }

    private func line(of defect: ClientDefect) throws -> MediaDescription {
        let invite = try #require(world(alice: [defect]).requests(.invite, from: World.alice).dropFirst().first)
        return try SessionDescription(parsing: invite.body).media[1]
    }

    @Test func `filesAsLargeMessage says of files alone that they are a large message`() throws {
        var world = World(alice: [.filesAsLargeMessage])
        world.logIn()
        world.perform(World.alice, .transfer([picture], to: .user("sip:bob@example.com"), session: "files"))
        let invite = try #require(world.requests(.invite, from: World.alice).first)
        #expect(invite.all(.acceptContact).contains("*;+g.oma.sip-im.large-message"))
    }

    @Test func `selectorHashWrong, selectorSizeWrong and selectorTypeWrong spoil one thing each`() throws {
        let right = try #require(try line(of: .textAltered).fileSelector)
        let hash = try #require(try line(of: .selectorHashWrong).fileSelector)
        #expect(hash.hashes != right.hashes && hash.size == right.size && hash.type == right.type)
        let size = try #require(try line(of: .selectorSizeWrong).fileSelector)
        #expect(size.hashes == right.hashes && size.size == picture.bytes.count + 1 && size.type == right.type)
        let type = try #require(try line(of: .selectorTypeWrong).fileSelector)
        #expect(type.hashes == right.hashes && type.size == right.size && type.type == "application/x-something-else")
    }

    @Test func `answerWithoutSelector takes a file without saying which`() throws {
        let world = world(bob: [.answerWithoutSelector])
        let ok = try #require(
            world.responses(to: .invite, from: World.bob).filter { $0.status == 200 }.dropFirst().first)
        let line = try SessionDescription(parsing: ok.body).media[1]
        #expect(line.ownDirection == .receiveOnly && line.fileSelector == nil)
    }

    @Test func `requestsAsSender offers to send what it wants to have`() throws {
        var world = world(bob: [.requestsAsSender], .refuse(session: "invitation-1"))
        world.perform(World.bob, .request([picture], session: "invitation-1"))
        let invite = try #require(world.requests(.invite, from: World.bob).first)
        #expect(try SessionDescription(parsing: invite.body).media[2].ownDirection == .sendOnly)
    }

    @Test func `fileBeforeAcceptance sends the file among the texts, wrapped as they are`() throws {
        let send = try #require(world(alice: [.fileBeforeAcceptance], nil).texts(World.alice).first)
        #expect(send.contentType == "message/cpim")
        #expect(try CPIMMessage(parsing: send.body ?? []).contentType == "image/png")
    }

    @Test(arguments: [(ClientDefect.declinesOfferWithFiles, 603), (.timesOutOfferWithFiles, 408)])
    func `declinesOfferWithFiles and timesOutOfferWithFiles refuse more than the file`(
        defect: ClientDefect, status: Int
    ) {
        let world = world(bob: [defect], .refuse(session: "invitation-1"))
        #expect(world.responses(to: .invite, from: World.bob).last?.status == status)
        let hasEnded = world.reports[World.alice]?.contains { if case .ended = $0 { true } else { false } }
        #expect(hasEnded == (status == 408))
    }

    @Test func `fileLineStaysOpen never closes the line`() throws {
        let world = world(alice: [.fileLineStaysOpen])
        #expect(world.heard(.contentSent(name: "picture.png"), by: World.alice))
        #expect(world.requests(.invite, from: World.alice).count == 2)
    }
}
