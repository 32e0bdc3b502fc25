import Actors
import Bytes
import Conformance
import MSRP
import MessageBodies
import SDP
import SIPSyntax
import Testing

@Suite("Files in conferences: OMA-TS-SIMPLE_IM-V1_0 §10 and §7.1.3.2.1")
struct ConferenceFileTests {
    private let picture = MediaContent(name: "picture.png", type: "image/png", size: 5000)
    private let notes = MediaContent(name: "notes.txt", type: "text/plain", size: 3000)
    private static let users = ["sip:bob@example.com", "sip:carol@example.com"]

    private func transfer(
        to destination: Destination = .users(users), _ documents: [ConferenceInfo] = [],
        adjusting: (inout IMClient.Profile) -> Void = { _ in }, focusing: (inout ScriptedFocus) -> Void = { _ in }
    ) -> World {
        var world = World(adjusting: adjusting)
        world.logInWithFocus()
        world.focus.documents = documents
        world.focus.relays = false
        focusing(&world.focus)
        world.perform(World.alice, .transfer([picture, notes], to: destination, session: "files"))
        return world
    }

    /// The wrappers in which each file has gone, in the order of the files.
    private func wrappers(of world: World) throws -> [CPIMMessage] {
        let chunks = Dictionary(grouping: world.texts(World.alice)) { $0.messageID ?? "" }
        return try chunks.values.map { try CPIMMessage(parsing: $0.flatMap { $0.body ?? [] }) }
            .sorted { $0.contentType < $1.contentType }
    }

    @Test func `Files for a list go to the factory with the list, on lines for wrappers`() throws {
        let world = transfer()
        let invite = try #require(world.requests(.invite, from: World.alice).first)
        #expect(invite.requestURI == ScriptedFocus.factory)
        let body = try MultipartBody(parsing: invite.body, contentType: invite.first(.contentType) ?? "")
        let list = try #require(body.first(disposition: "recipient-list"))
        #expect(try ResourceLists(parsing: list.body).entries.map(\.uri) == Self.users)
        let media = try SessionDescription(parsing: try #require(body.first(type: "application/sdp")).body).media
        #expect(media.map(\.acceptTypes) == [["message/cpim", "image/png"], ["message/cpim", "text/plain"]])
        #expect(media.map(\.acceptWrappedTypes) == [["image/png"], ["text/plain"]])
        #expect(media.map(\.ownDirection) == [.sendOnly, .sendOnly])
    }

    @Test func `Nothing goes until everybody on the list is there`() throws {
        var world = transfer([
            .of(["alice", "bob"], own: "alice"), .of(["carol"], state: .partial, version: 2),
        ])
        #expect(world.texts(World.alice).isEmpty)
        world.notify()
        let wrappers = try wrappers(of: world)
        #expect(wrappers.map(\.body) == [picture.bytes, notes.bytes])
        #expect(wrappers.map(\.from) == ["sip:alice@example.com", "sip:alice@example.com"])
        #expect(wrappers.map(\.to) == [[ScriptedFocus.identity], [ScriptedFocus.identity]])
        #expect(world.heard(.contentSent(name: "picture.png"), by: World.alice))
        world.run(for: .seconds(3))
        #expect(world.requests(.bye, from: World.alice).count == 1)
    }

    @Test func `Files go after a while to those who are there`() throws {
        var world = transfer([.of(["alice", "bob"], own: "alice")])
        world.run(for: .seconds(8))
        #expect(world.texts(World.alice).isEmpty)
        world.run(for: .seconds(2))
        #expect(try wrappers(of: world).count == 2)
    }

    @Test func `Files go at once where there is no conference state`() throws {
        let world = transfer { _ in
        } focusing: {
            $0.statuses[.subscribe] = 404
        }
        #expect(try wrappers(of: world).map(\.body) == [picture.bytes, notes.bytes])
    }

    @Test func `Files go in the end where a NOTIFY never comes`() throws {
        var world = transfer { _ in
        } focusing: {
            $0.order = .never
        }
        world.run(for: .seconds(31))
        #expect(world.texts(World.alice).isEmpty)
        world.run(for: .seconds(3))
        #expect(try wrappers(of: world).count == 2)
    }

    @Test func `Files for a group go when nobody else has come for two seconds`() throws {
        var world = transfer(
            to: .group(ScriptedFocus.group),
            [
                .of(["alice", "bob"], own: "alice", entity: ScriptedFocus.group),
                .of(["carol"], state: .partial, version: 2, entity: ScriptedFocus.group),
            ])
        #expect(world.requests(.invite, from: World.alice).first?.requestURI == ScriptedFocus.group)
        world.notify()
        #expect(world.texts(World.alice).isEmpty)
        world.run(for: .seconds(2))
        #expect(try wrappers(of: world).map(\.to) == [[ScriptedFocus.group], [ScriptedFocus.group]])
    }

    @Test func `A file in a conference goes at once, from what the conference calls its sender`() throws {
        var world = World()
        world.confer()
        world.focus.relays = false
        world.perform(World.alice, .offer([picture], session: "conf"))
        let media = try SessionDescription(
            parsing: try #require(world.requests(.invite, from: World.alice).dropFirst().first).body
        )
        .media
        #expect(media.map(\.acceptTypes) == [["message/cpim", "text/plain"], ["message/cpim", "image/png"]])
        #expect(try wrappers(of: world).map(\.to) == [[ScriptedFocus.identity]])
        #expect(try wrappers(of: world).map(\.body) == [picture.bytes])
        #expect(world.heard(.contentSent(name: "picture.png"), by: World.alice))
        let last = try #require(world.requests(.invite, from: World.alice).last)
        #expect(try SessionDescription(parsing: last.body).media.map(\.isRefused) == [false, true])
    }

    @Test func `Who asks for a final report is told what became of the file at each participant`() throws {
        var world = World { $0.deliveryReports = .asked }
        world.confer()
        world.focus.relays = false
        world.focus.finalReports = { message in
            let id = message.messageID ?? ""
            return [
                FinalReport(messageID: id, isLast: false, legs: [.init("sip:bob@example.com", .status(200))]),
                FinalReport(
                    messageID: id, isLast: true, legs: [.init("sip:carol@example.com", .tooLarge(maximumSize: 10))]),
            ]
        }
        world.perform(World.alice, .offer([picture], session: "conf"))
        #expect(world.texts(World.alice).allSatisfy { $0.successReport == true })
        #expect(try wrappers(of: world).map(\.asksForFinalReport) == [true])
        #expect(
            world.heard(
                .deliveryReported(of: "picture.png", by: "sip:bob@example.com", outcome: "200"), by: World.alice))
        #expect(
            world.heard(
                .deliveryReported(of: "picture.png", by: "sip:carol@example.com", outcome: "too large"),
                by: World.alice))
        let last = try #require(world.requests(.invite, from: World.alice).last)
        #expect(try SessionDescription(parsing: last.body).media.map(\.isRefused) == [false, true])
    }

    @Test func `A final report that does not come keeps the line for a while only`() throws {
        var world = World { $0.deliveryReports = .asked }
        world.confer()
        world.focus.relays = false
        world.perform(World.alice, .offer([picture], session: "conf"))
        #expect(world.requests(.invite, from: World.alice).count == 2)
        world.run(for: .seconds(33))
        #expect(world.requests(.invite, from: World.alice).count == 3)
    }

    @Test func `A large message to a group waits for its final report, and is then over`() throws {
        var world = World { $0.deliveryReports = .asked }
        world.logInWithFocus()
        world.focus.relays = false
        world.focus.finalReports = { message in
            [
                FinalReport(
                    messageID: message.messageID ?? "", isLast: true,
                    legs: [.init("sip:bob@example.com", .status(413))])
            ]
        }
        world.perform(World.alice, .sendLarge(picture, to: .group(ScriptedFocus.group)))
        #expect(try wrappers(of: world).map(\.asksForFinalReport) == [true])
        #expect(
            world.heard(
                .deliveryReported(of: "picture.png", by: "sip:bob@example.com", outcome: "413"), by: World.alice))
        #expect(world.requests(.bye, from: World.alice).count == 1)
        #expect(world.requests(.subscribe, from: World.alice).isEmpty)
    }

    @Test func `A large message of which no report comes is over after a while`() {
        var world = World { $0.deliveryReports = .asked }
        world.logInWithFocus()
        world.focus.relays = false
        world.perform(World.alice, .sendLarge(picture, to: .group(ScriptedFocus.group)))
        #expect(world.requests(.bye, from: World.alice).isEmpty)
        world.run(for: .seconds(33))
        #expect(world.requests(.bye, from: World.alice).count == 1)
        #expect(world.heard(.contentSent(name: "picture.png"), by: World.alice))
    }
}
