import Actors
import Bytes
import Conformance
import MSRP
import MessageBodies
import Network
import SDP
import SIPSyntax
import Testing

/// Files in a session that exists.
@Suite struct FileTransferTests {
    private let picture = MediaContent(name: "my picture.png", type: "image/png", size: 20_000)
    private let notes = MediaContent(name: "notes.txt", type: "text/plain", size: 5000)

    /// A session in which Alice has offered files to Bob.
    private func offer(
        _ contents: [MediaContent]? = nil, alice: Set<ClientDefect> = [], bob: Set<ClientDefect> = [],
        adjusting: (inout IMClient.Profile) -> Void = { _ in }
    ) -> World {
        var world = World(alice: alice, bob: bob, adjusting: adjusting)
        world.establish()
        world.perform(World.alice, .offer(contents ?? [picture], session: "chat"))
        return world
    }

    private func descriptions(from address: IPAddress, in world: World) throws -> [SessionDescription] {
        try world.requests(.invite, from: address).map { try SessionDescription(parsing: $0.body) }
    }

    private func answers(from address: IPAddress, in world: World) throws -> [SessionDescription] {
        try world.responses(to: .invite, from: address).filter { $0.status == 200 }
            .map { try SessionDescription(parsing: $0.body) }
    }

    private func canStillTalk(_ world: World) -> Bool {
        var world = world
        world.perform(World.alice, .send(text: "Still here", session: "chat"))
        return world.heard(
            .received(text: "Still here", from: "sip:alice@example.com", session: "invitation-1"), by: World.bob)
    }

    @Test func `A file is offered by re-INVITE, on a line beside that of the texts`() throws {
        let world = offer()
        let descriptions = try descriptions(from: World.alice, in: world)
        #expect(descriptions.map(\.media.count) == [1, 2])
        #expect(descriptions[1].media[0] == descriptions[0].media[0])
        let line = descriptions[1].media[1]
        #expect(line.ownDirection == .sendOnly)
        #expect(line.acceptTypes == ["image/png"])
        #expect(line.fileDisposition == "attachment")
        #expect(line.path != descriptions[1].media[0].path)
        let selector = try #require(line.fileSelector)
        #expect(selector.name == "my picture.png")
        #expect(selector.type == "image/png")
        #expect(selector.size == picture.bytes.count)
        #expect(selector.hashes.map(\.algorithm) == ["sha-1"])
        #expect(line.fileTransferID?.isEmpty == false)
        #expect(SessionDescription.flaws(in: world.requests(.invite, from: World.alice)[1].body).isEmpty)
    }

    @Test func `The user is asked, and nothing goes before the answer`() {
        let world = offer()
        #expect(world.heard(.filesOffered(names: ["my picture.png"], session: "invitation-1"), by: World.bob))
        #expect(world.responses(to: .invite, from: World.bob).last?.status == 180)
        #expect(world.texts(World.alice).isEmpty)
    }

    @Test func `A file that is taken arrives whole`() throws {
        var world = offer { $0.chunkSize = 4 }
        world.perform(World.bob, .take(session: "invitation-1"))
        #expect(world.texts(World.alice).count == (picture.bytes.count + 2047) / 2048)
        #expect(Set(world.texts(World.alice).map(\.contentType)) == ["image/png"])
        #expect(
            world.hasContent(picture, at: World.bob, in: "invitation-1"))
        #expect(world.heard(.contentSent(name: "my picture.png"), by: World.alice))
    }

    @Test func `The answer says what is taken, without a hash that its sender does not know`() throws {
        var world = offer()
        world.perform(World.bob, .take(session: "invitation-1"))
        let offered = try descriptions(from: World.alice, in: world)[1]
        let answer = try answers(from: World.bob, in: world)[1]
        #expect(MSRPAnswer(answer, to: offered).problems == [])
        let line = answer.media[1]
        #expect(line.ownDirection == .receiveOnly)
        #expect(line.fileTransferID == offered.media[1].fileTransferID)
        #expect(line.fileSelector?.name == "my picture.png")
        #expect(line.fileSelector?.size == picture.bytes.count)
        #expect(line.fileSelector?.hashes == [])
        #expect(line.fileDisposition == nil)
    }

    @Test func `The line is closed after the last 200, and texts pass all the same`() throws {
        var world = offer()
        world.perform(World.bob, .take(session: "invitation-1"))
        let descriptions = try descriptions(from: World.alice, in: world)
        #expect(descriptions.map { $0.media.map(\.isRefused) } == [[false], [false, false], [false, true]])
        #expect(descriptions[2].media[1].fileTransferID == descriptions[1].media[1].fileTransferID)
        #expect(try answers(from: World.bob, in: world).last?.media.map(\.isRefused) == [false, true])
        #expect(canStillTalk(world))
        #expect(world.requests(.bye, from: World.alice).isEmpty)
    }

    @Test func `Each of several files has a line, a path and a transfer of its own`() throws {
        var world = offer([picture, notes])
        #expect(
            world.heard(.filesOffered(names: ["my picture.png", "notes.txt"], session: "invitation-1"), by: World.bob))
        world.perform(World.bob, .take(session: "invitation-1"))
        let descriptions = try descriptions(from: World.alice, in: world)
        #expect(descriptions[1].media.count == 3)
        #expect(Set(descriptions[1].media.map(\.path)).count == 3)
        #expect(Set(descriptions[1].media.compactMap(\.fileTransferID)).count == 2)
        for file in [picture, notes] {
            #expect(
                world.hasContent(file, at: World.bob, in: "invitation-1"))
        }
        #expect(descriptions.count == 3)
        #expect(descriptions[2].media.map(\.isRefused) == [false, true, true])
    }

    @Test func `A second offer keeps the line of the first, closed`() throws {
        var world = offer()
        world.perform(World.bob, .take(session: "invitation-1"))
        world.perform(World.alice, .offer([notes], session: "chat"))
        world.perform(World.bob, .take(session: "invitation-1"))
        #expect(
            world.hasContent(notes, at: World.bob, in: "invitation-1"))
        #expect(try descriptions(from: World.alice, in: world).last?.media.map(\.isRefused) == [false, true, true])
    }

    @Test func `Both sides may offer in turn`() throws {
        var world = offer()
        world.perform(World.bob, .take(session: "invitation-1"))
        world.perform(World.bob, .offer([notes], session: "invitation-1"))
        world.perform(World.alice, .take(session: "chat"))
        #expect(world.hasContent(notes, at: World.alice, in: "chat"))
        #expect(try descriptions(from: World.bob, in: world).last?.media.map(\.isRefused) == [false, true, true])
    }

    @Test func `A file that is refused has port 0 and what was offered in the answer, and the session goes on`() throws
    {
        var world = offer()
        world.perform(World.bob, .refuse(session: "invitation-1"))
        let offered = try descriptions(from: World.alice, in: world)[1].media[1]
        let answer = try #require(try answers(from: World.bob, in: world).last)
        #expect(answer.media.map(\.isRefused) == [false, true])
        #expect(answer.media[1].value("file-selector") == offered.value("file-selector"))
        #expect(answer.media[1].fileTransferID == offered.fileTransferID)
        #expect(world.heard(.filesRefused(names: ["my picture.png"], session: "chat"), by: World.alice))
        #expect(world.texts(World.alice).isEmpty)
        #expect(canStillTalk(world))
    }

    @Test func `A user who does not decide has refused, which ends nothing`() throws {
        var world = offer { $0.patience = .seconds(20) }
        world.run(for: .seconds(30))
        #expect(try answers(from: World.bob, in: world).last?.media.map(\.isRefused) == [false, true])
        #expect(world.heard(.filesRefused(names: ["my picture.png"], session: "chat"), by: World.alice))
        #expect(canStillTalk(world))
    }

    @Test func `What was refused can be asked for later`() throws {
        var world = offer([picture, notes])
        world.perform(World.bob, .refuse(session: "invitation-1"))
        world.perform(World.bob, .request([picture, notes], session: "invitation-1"))
        let offered = try descriptions(from: World.alice, in: world)[1]
        let asked = try #require(try descriptions(from: World.bob, in: world).first)
        #expect(asked.media.map(\.ownDirection) == [nil, nil, nil, .receiveOnly, .receiveOnly])
        #expect(asked.media.map(\.isRefused) == [false, true, true, false, false])
        #expect(asked.media[3].value("file-selector") == offered.media[1].value("file-selector"))
        #expect(asked.media[3].fileTransferID != offered.media[1].fileTransferID)
        let answer = try #require(try answers(from: World.alice, in: world).first)
        #expect(MSRPAnswer(answer, to: asked).problems == [])
        #expect(answer.media.suffix(2).map(\.ownDirection) == [.sendOnly, .sendOnly])
        #expect(answer.media[3].fileSelector?.hashes.count == 1)
        for file in [picture, notes] {
            #expect(
                world.hasContent(file, at: World.bob, in: "invitation-1"))
        }
        #expect(try descriptions(from: World.alice, in: world).last?.media.dropFirst().allSatisfy(\.isRefused) == true)
        #expect(canStillTalk(world))
    }

    @Test func `What was never offered is not given`() throws {
        var world = offer()
        world.perform(World.bob, .refuse(session: "invitation-1"))
        world.perform(World.bob, .request([notes], session: "invitation-1"))
        #expect(try answers(from: World.alice, in: world).last?.media.map(\.isRefused) == [false, true, true])
        #expect(world.heard(.filesRefused(names: ["notes.txt"], session: "invitation-1"), by: World.bob))
        #expect(canStillTalk(world))
    }

    @Test func `An offer that is turned away as a whole changes nothing`() throws {
        var world = World()
        world.establish()
        world.proxy.turnsAway = 603
        world.perform(World.alice, .offer([picture], session: "chat"))
        #expect(world.heard(.filesRefused(names: ["my picture.png"], session: "chat"), by: World.alice))
        world.proxy.turnsAway = nil
        world.perform(World.alice, .offer([notes], session: "chat"))
        #expect(try descriptions(from: World.alice, in: world).last?.media.count == 2)
        #expect(canStillTalk(world))
    }

    @Test func `A refresh that repeats a file does not send it again`() throws {
        var world = offer()
        world.perform(World.bob, .take(session: "invitation-1"))
        world.run(for: .seconds(2000))
        #expect(try descriptions(from: World.alice, in: world).count > 3)
        #expect(world.texts(World.alice).count == (picture.bytes.count + 2047) / 2048)
    }

    @Test func `Two offers at once are made one after the other`() throws {
        var world = World()
        world.establish()
        world.perform(World.alice, .offer([picture], session: "chat"), for: .zero)
        world.perform(World.bob, .offer([notes], session: "invitation-1"))
        world.run(for: .seconds(5))
        world.perform(World.alice, .take(session: "chat"), for: .seconds(10))
        world.perform(World.bob, .take(session: "invitation-1"), for: .seconds(10))
        #expect(
            world.hasContent(picture, at: World.bob, in: "invitation-1"))
        #expect(world.hasContent(notes, at: World.alice, in: "chat"))
    }

    @Test func `Who leaves gives up what is being sent, with # at its end`() throws {
        var world = offer([MediaContent(name: "big", type: "text/plain", size: 200_000)])
        world.perform(World.bob, .take(session: "invitation-1"), for: .milliseconds(12))
        world.perform(World.alice, .leave(session: "chat"))
        #expect(world.texts(World.alice).last?.continuation == .aborted)
        #expect(world.heard(.contentFailed(name: "big", reason: "the session is left"), by: World.alice))
        let isTold = world.reports[World.bob]?.contains {
            if case .contentFailed("big", _) = $0 { true } else { false }
        }
        #expect(isTold == true)
    }

    @Test func `Who wants no more of a file answers 413, and the sender closes the line`() throws {
        var world = offer([MediaContent(name: "big", type: "text/plain", size: 200_000)])
        world.perform(World.bob, .take(session: "invitation-1"), for: .milliseconds(12))
        world.perform(World.bob, .refuse(session: "invitation-1"))
        #expect(world.msrp(World.bob).last?.status == 413)
        #expect(world.heard(.contentFailed(name: "big", reason: "MSRP 413"), by: World.alice))
        #expect(try descriptions(from: World.alice, in: world).last?.media.map(\.isRefused) == [false, true])
        #expect(canStillTalk(world))
    }

    @Test func `A client that prefers wrappers wraps files, and they are unwrapped on receipt`() throws {
        var world = offer { $0.prefersCPIM = true }
        world.perform(World.bob, .take(session: "invitation-1"))
        let line = try descriptions(from: World.alice, in: world)[1].media[1]
        #expect(line.acceptTypes == ["message/cpim", "image/png"])
        #expect(line.acceptWrappedTypes == ["image/png"])
        let wrapper = try CPIMMessage(parsing: world.texts(World.alice).flatMap { $0.body ?? [] })
        #expect(wrapper.from == "sip:alice@example.com" && wrapper.to == ["sip:bob@example.com"])
        #expect(
            world.hasContent(picture, at: World.bob, in: "invitation-1"))
    }

    @Test func `Files for a session that does not exist fail`() {
        var world = World()
        world.perform(World.alice, .offer([picture], session: "chat"))
        #expect(
            world.heard(
                .contentFailed(name: "my picture.png", reason: "There is no session “chat”"), by: World.alice))
    }
}
