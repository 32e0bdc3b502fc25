import Actors
import Bytes
import Conformance
import MSRP
import SIPSyntax
import Testing

@Suite struct MutationTests {
    private func mutation(_ message: String, _ change: Mutation.Change) -> Mutation {
        Mutation(message: message, change: change, position: SourcePosition(file: "test.yaml", line: 1, column: 1))
    }

    private func paging(_ change: Mutation.Change, message: String = "MESSAGE") -> World {
        var world = World()
        world.logIn()
        world.perform(
            World.alice, .page(text: "Hello 1", to: .user("sip:bob@example.com")),
            mutations: [mutation(message, change)])
        return world
    }

    @Test func `A field is set`() throws {
        let world = paging(.set(field: "User-Agent", value: "Other/1.0"))
        let message = try #require(world.requests(.message, from: World.alice).first)
        #expect(message.all(.userAgent) == ["Other/1.0"])
    }

    @Test func `The Request-URI is set`() throws {
        let world = paging(.set(field: "Request-URI", value: "sip:bob@127.0.0.12"))
        #expect(world.requests(.message, from: World.alice).first?.requestURI == "sip:bob@127.0.0.12")
    }

    @Test func `A field is omitted`() throws {
        let world = paging(.omit(field: "accept-contact"))
        #expect(world.requests(.message, from: World.alice).first?.contains(.acceptContact) == false)
    }

    @Test func `A message is repeated`() {
        #expect(paging(.repeat(3)).requests(.message, from: World.alice).count == 3)
    }

    @Test func `A message repeated no times is not sent until it is retransmitted`() {
        #expect(paging(.repeat(0)).requests(.message, from: World.alice).count == 1)
    }

    @Test func `Other bytes are sent instead`() {
        let world = paging(.raw("MESSAGE nonsense\r\n\r\n"))
        #expect(world.sip.contains { $0.from == World.alice && $0.bytes.text == "MESSAGE nonsense\r\n\r\n" })
    }

    @Test func `Messages of other methods stay as they are`() {
        let world = paging(.omit(field: "User-Agent"), message: "INVITE")
        #expect(world.requests(.message, from: World.alice).first?.contains(.userAgent) == true)
    }

    @Test func `A retransmission is altered like the first`() {
        var world = World()
        world.logIn()
        world.isLost = { message, _ in message.method == .message }
        world.perform(
            World.alice, .page(text: "Hello 1", to: .user("sip:bob@example.com")),
            mutations: [mutation("MESSAGE", .omit(field: "User-Agent"))], for: .zero)
        world.perform(World.alice, .wait, for: .seconds(4))
        let messages = world.requests(.message, from: World.alice)
        #expect(messages.count == 4)
        #expect(messages.allSatisfy { !$0.contains(.userAgent) })
    }

    @Test func `The next action ends the alteration`() {
        var world = paging(.omit(field: "User-Agent"))
        world.perform(World.alice, .page(text: "Hello 2", to: .user("sip:bob@example.com")))
        #expect(world.requests(.message, from: World.alice).map { $0.contains(.userAgent) } == [false, true])
    }

    @Test func `A response is altered by its status code`() {
        var world = World()
        world.logIn()
        world.perform(World.bob, .wait, mutations: [mutation("200", .set(field: "Server", value: "None"))])
        world.perform(World.alice, .page(text: "Hello 1", to: .user("sip:bob@example.com")))
        #expect(world.responses(to: .message, from: World.bob).first?.all(.server) == ["None"])
    }

    @Test func `MSRP requests are altered by their method`() throws {
        var world = World()
        world.establish()
        world.perform(
            World.alice, .send(text: "Hello B", session: "chat"),
            mutations: [mutation("SEND", .omit(field: "Success-Report"))])
        let send = try #require(world.texts(World.alice).first)
        #expect(send.successReport == nil)
        world.perform(World.alice, .send(text: "Again", session: "chat"))
        #expect(world.texts(World.alice).last?.successReport == true)
    }

    @Test func `A REPORT is altered at the side that gives it`() throws {
        var world = World()
        world.establish()
        world.perform(World.bob, .wait, mutations: [mutation("REPORT", .repeat(2))])
        world.perform(World.alice, .send(text: "Hello B", session: "chat"))
        #expect(world.msrp(World.bob).filter { $0.method == "REPORT" }.count == 2)
    }
}
