import Actors
import Bytes
import MSRP
import MessageBodies
import Network
import Testing

@Suite struct ConversationTests {
    private func talk(
        _ text: String = "Hello B", adjusting: (inout IMClient.Profile) -> Void = { _ in }
    ) -> World {
        var world = World(adjusting: adjusting)
        world.establish()
        world.perform(World.alice, .send(text: text, session: "chat"))
        return world
    }

    @Test func `The offerer opens the connection and shows itself with a SEND without body`() throws {
        var world = World()
        world.establish()
        let first = try #require(world.msrp(World.alice).first)
        #expect(first.method == "SEND" && first.body == nil)
        #expect(world.msrp(World.bob).map(\.status) == [200])
    }

    @Test func `A SEND without body is no text`() {
        var world = World()
        world.establish()
        let hasText = world.reports[World.bob]?.contains { if case .received = $0 { true } else { false } }
        #expect(hasText == false)
    }

    @Test func `A text asks for a success report, which comes`() throws {
        let world = talk()
        let text = try #require(world.texts(World.alice).first)
        #expect(text.successReport == true)
        #expect(text.contentType == "text/plain")
        #expect(text.body?.text == "Hello B")
        let report = try #require(world.msrp(World.bob).first { $0.method == "REPORT" })
        #expect(report.messageID == text.messageID)
        #expect(report.statusHeader?.status == 200)
    }

    @Test func `A REPORT is not answered`() {
        let world = talk()
        let transaction = world.msrp(World.bob).first { $0.method == "REPORT" }?.transactionID
        #expect(!world.msrp(World.alice).contains { $0.transactionID == transaction })
    }

    @Test func `A text longer than a chunk goes in chunks and arrives whole`() {
        let text = String(repeating: "0123456789", count: 1000)
        let world = talk(text) { $0.chunkSize = 1500 }
        let chunks = world.texts(World.alice)
        #expect(chunks.map { $0.body?.count ?? 0 } == [1500, 1500, 1500, 1500, 1500, 1500, 1000])
        #expect(chunks.dropLast().allSatisfy { $0.continuation == .more })
        #expect(chunks.last?.continuation == .complete)
        #expect(
            world.heard(
                .received(text: text, from: "sip:alice@example.com", session: "invitation-1"), by: World.bob))
        #expect(world.heard(.sent(text: text, session: "chat"), by: World.alice))
    }

    @Test func `A client that prefers CPIM wraps its texts, and they are unwrapped on receipt`() throws {
        let world = talk { $0.prefersCPIM = true }
        let send = try #require(world.texts(World.alice).first)
        #expect(send.contentType == "message/cpim")
        let wrapped = try CPIMMessage(parsing: try #require(send.body))
        #expect(wrapped.from == "sip:alice@example.com" && wrapped.to == ["sip:bob@example.com"])
        #expect(wrapped.body.text == "Hello B")
        #expect(
            world.heard(
                .received(text: "Hello B", from: "sip:alice@example.com", session: "invitation-1"), by: World.bob))
    }

    @Test func `Two sessions keep their texts apart`() {
        var world = World()
        world.establish()
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "second"))
        world.perform(World.bob, .accept(session: "invitation-2"))
        world.perform(World.alice, .send(text: "One", session: "chat"))
        world.perform(World.alice, .send(text: "Two", session: "second"))
        #expect(
            world.heard(
                .received(text: "One", from: "sip:alice@example.com", session: "invitation-1"), by: World.bob))
        #expect(
            world.heard(
                .received(text: "Two", from: "sip:alice@example.com", session: "invitation-2"), by: World.bob))
    }

    @Test func `Leaving one session leaves the other one alone`() {
        var world = World()
        world.establish()
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "second"))
        world.perform(World.bob, .accept(session: "invitation-2"))
        world.perform(World.alice, .leave(session: "chat"))
        world.perform(World.bob, .send(text: "Two", session: "invitation-2"))
        #expect(world.heard(.received(text: "Two", from: "sip:bob@example.com", session: "second"), by: World.alice))
    }

    @Test func `A connection that is refused fails the texts that wait for it`() {
        var world = World()
        world.refusesMSRP = true
        world.logIn()
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
        world.perform(World.bob, .accept(session: "invitation-1"))
        world.perform(World.alice, .send(text: "Hello B", session: "chat"))
        #expect(world.heard(.protocolTrouble("No MSRP connection for “chat”: connection refused"), by: World.alice))
        #expect(
            world.heard(
                .sendFailed(text: "Hello B", session: "chat", reason: "the MSRP connection has ended"), by: World.alice)
        )
    }

    @Test func `A text that is not answered in time has failed`() {
        var world = World(bob: [.msrpAnswerLost])
        world.establish()
        world.perform(World.alice, .send(text: "Hello B", session: "chat"), for: .seconds(31))
        #expect(
            world.reports[World.alice]?.last
                == .sendFailed(text: "Hello B", session: "chat", reason: "no MSRP response"))
    }

    @Test func `A message for no session gets 481`() {
        var world = World()
        let id = ConnectionID(1)
        let remote = SocketAddress(World.alice, port: 1)
        world.hear(.accepted(id, local: SocketAddress(World.bob, port: 2855), remote: remote), at: World.bob)
        let send = """
            MSRP abcd SEND
            To-Path: msrp://127.0.0.12:2855/nobody;tcp
            From-Path: msrp://127.0.0.11:2855/x;tcp
            Message-ID: m1
            -------abcd$

            """
        world.hear(.received(id, Array(send.replacing("\n", with: "\r\n").utf8)), at: World.bob)
        #expect(world.msrp(World.bob).map(\.status) == [481])
    }

    @Test func `A stream that is no MSRP is reported and closed`() {
        var world = World()
        let id = ConnectionID(1)
        let remote = SocketAddress(World.alice, port: 1)
        world.hear(.accepted(id, local: SocketAddress(World.bob, port: 2855), remote: remote), at: World.bob)
        world.hear(.received(id, Array("GET / HTTP/1.1\r\n\r\n".utf8)), at: World.bob)
        let isReported = world.reports[World.bob]?.contains { if case .protocolTrouble = $0 { true } else { false } }
        #expect(isReported == true)
    }
}
