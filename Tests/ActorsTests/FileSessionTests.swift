import Actors
import Bytes
import Conformance
import MSRP
import Network
import SDP
import SIPSyntax
import Testing

/// Files without a session beside them.
@Suite struct FileSessionTests {
    private let picture = MediaContent(name: "picture.png", type: "image/png", size: 20_000)
    private let notes = MediaContent(name: "notes.txt", type: "text/plain", size: 5000)

    private func transfer(
        _ contents: [MediaContent]? = nil, alice: Set<ClientDefect> = [], bob: Set<ClientDefect> = []
    ) -> World {
        var world = World(alice: alice, bob: bob)
        world.logIn()
        world.perform(
            World.alice, .transfer(contents ?? [picture], to: .user("sip:bob@example.com"), session: "files"))
        return world
    }

    @Test func `The INVITE offers files alone, and is not for a large message`() throws {
        let invite = try #require(transfer().requests(.invite, from: World.alice).first)
        #expect(invite.all(.acceptContact) == ["*;+g.oma.sip-im"])
        let media = try SessionDescription(parsing: invite.body).media
        #expect(media.map { $0.fileSelector?.name } == ["picture.png"])
        #expect(media.map(\.ownDirection) == [.sendOnly])
    }

    @Test func `The user is asked as for any invitation, and told of the files`() {
        let world = transfer([picture, notes])
        #expect(
            world.reports[World.bob]?.suffix(2) == [
                .invited(by: "sip:alice@example.com", session: "invitation-1"),
                .filesOffered(names: ["picture.png", "notes.txt"], session: "invitation-1"),
            ])
    }

    @Test(arguments: [ClientAction.take(session: "invitation-1"), .accept(session: "invitation-1")])
    func `Files that are taken arrive, and the session ends two seconds after the last`(action: ClientAction) {
        var world = transfer([picture, notes])
        world.perform(World.bob, action)
        for file in [picture, notes] {
            #expect(
                world.hasContent(file, at: World.bob, in: "invitation-1"))
            #expect(world.heard(.contentSent(name: file.name), by: World.alice))
        }
        #expect(world.requests(.bye, from: World.alice).isEmpty)
        world.run(for: .seconds(2))
        #expect(world.responses(to: .bye, from: World.bob).map(\.status) == [200])
        #expect(world.reports[World.alice]?.last == .ended(session: "files", reason: "nothing is left to pass"))
        #expect(world.requests(.invite, from: World.alice).count == 1)
    }

    @Test func `Another file in time keeps the session`() throws {
        var world = transfer()
        world.perform(World.bob, .take(session: "invitation-1"))
        world.perform(World.alice, .offer([notes], session: "files"), for: .seconds(5))
        #expect(world.requests(.bye, from: World.alice).isEmpty)
        world.perform(World.bob, .take(session: "invitation-1"))
        #expect(
            world.hasContent(notes, at: World.bob, in: "invitation-1"))
        world.run(for: .seconds(3))
        #expect(world.requests(.bye, from: World.alice).count == 1)
    }

    @Test(arguments: [ClientAction.refuse(session: "invitation-1"), .decline(session: "invitation-1")])
    func `Files that are refused end the invitation`(action: ClientAction) {
        var world = transfer()
        world.perform(World.bob, action)
        #expect(world.responses(to: .invite, from: World.bob).last?.status == 480)
        #expect(
            world.reports[World.alice]?.suffix(2) == [
                .filesRefused(names: ["picture.png"], session: "files"), .declined(session: "files", status: 480),
            ])
        #expect(world.texts(World.alice).isEmpty)
    }

    @Test func `An answer that refuses every file ends the session at once`() throws {
        var world = World()
        world.logIn()
        world.proxy.altersAnswers = { description in
            description.media = description.media.map { media in
                var media = media
                media.port = 0
                return media
            }
        }
        world.perform(World.alice, .transfer([picture], to: .user("sip:bob@example.com"), session: "files"))
        world.perform(World.bob, .take(session: "invitation-1"))
        #expect(world.heard(.filesRefused(names: ["picture.png"], session: "files"), by: World.alice))
        #expect(world.requests(.bye, from: World.alice).count == 1)
    }

    /// An INVITE of Bob that asks Alice for a file.
    private func request(_ selector: String) -> String {
        let body = """
            v=0
            o=- 1 1 IN IP4 127.0.0.12
            s=-
            c=IN IP4 127.0.0.12
            t=0 0
            m=message 2855 TCP/MSRP *
            a=recvonly
            a=accept-types:*
            a=path:msrp://127.0.0.12:2855/asks;tcp
            a=file-selector:\(selector)
            a=file-transfer-id:again

            """
        return """
            INVITE sip:alice@127.0.0.11:5060 SIP/2.0
            Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKpull
            Max-Forwards: 70
            From: <sip:bob@example.com>;tag=b1
            To: <sip:alice@example.com>
            Contact: <sip:bob@127.0.0.12:5060>
            Call-ID: pull-1
            CSeq: 1 INVITE
            Content-Type: application/sdp
            Content-Length: \(body.utf8.count + body.count(where: { $0 == "\n" }))

            \(body)
            """
    }

    @Test func `A file that was offered before can be asked for in a session of its own, without the user`() throws {
        var world = transfer()
        world.perform(World.bob, .refuse(session: "invitation-1"))
        let offer = try #require(world.requests(.invite, from: World.alice).first)
        let selector = try #require(try SessionDescription(parsing: offer.body).media[0].value("file-selector"))
        world.inject(request(selector), to: World.alice, for: .milliseconds(10))
        let ok = try #require(world.responses(to: .invite, from: World.alice).last)
        #expect(ok.status == 200)
        let media = try SessionDescription(parsing: ok.body).media
        #expect(media.map(\.ownDirection) == [.sendOnly])
        #expect(media.map(\.fileTransferID) == ["again"])
    }

    @Test(arguments: ["hash:sha-1:00:11:22", "name:\"picture.png\"", "type:text/html"])
    func `What nothing or too much is true of is answered 488`(selector: String) {
        var world = transfer()
        world.inject(request(selector), to: World.alice, for: .milliseconds(10))
        #expect(world.responses(to: .invite, from: World.alice).last?.status == 488)
    }

    @Test func `uploadsTwice sends two messages`() {
        var world = transfer(alice: [.uploadsTwice])
        world.perform(World.bob, .take(session: "invitation-1"))
        #expect(Set(world.texts(World.alice).map(\.messageID)).count == 2)
    }

    @Test func `fileLineStaysOpen keeps the session`() {
        var world = transfer(alice: [.fileLineStaysOpen])
        world.perform(World.bob, .take(session: "invitation-1"), for: .seconds(60))
        #expect(world.requests(.bye, from: World.alice).isEmpty)
    }

    @Test func `contentAltered spoils the file, not its selector`() throws {
        var world = transfer(alice: [.contentAltered])
        world.perform(World.bob, .take(session: "invitation-1"))
        #expect(world.texts(World.alice).flatMap { $0.body ?? [] }.dropLast() == picture.bytes.dropLast())
        #expect(
            !world.hasContent(picture, at: World.bob, in: "invitation-1"))
    }
}
