import Actors
import Bytes
import MSRP
import MessageBodies
import SDP
import SIPSyntax
import Testing

@Suite("Who is writing: OMA-TS-SIMPLE_IM-V1_0 §7.1.3.4 and §7.1.3.5")
struct ComposingTests {
    private func talk(adjusting: (inout IMClient.Profile) -> Void = { $0.composing = .shown }) -> World {
        var world = World(adjusting: adjusting)
        world.establish()
        world.perform(World.alice, .send(text: "Hello B", session: "chat"))
        return world
    }

    @Test func `Who shows it says before each text that it is being written`() throws {
        let world = talk()
        let offer = try #require(world.requests(.invite, from: World.alice).first)
        #expect(
            try SessionDescription(parsing: offer.body).media[0].acceptTypes
                == ["text/plain", "message/cpim", "application/im-iscomposing+xml"])
        let sends = world.texts(World.alice)
        #expect(sends.map(\.contentType) == ["application/im-iscomposing+xml", "text/plain"])
        let status = try IsComposing(parsing: try #require(sends.first?.body))
        #expect(status.state == .active && status.contentType == "text/plain")
    }

    @Test func `It is told, is no text, and ends with the text`() {
        var world = talk()
        let told = { (world: World) in
            world.reports[World.bob]?.filter { report in
                switch report {
                case .composing, .received: true
                default: false
                }
            }
        }
        let once: [ClientReport] = [
            .composing(by: "sip:alice@example.com", session: "invitation-1"),
            .received(text: "Hello B", from: "sip:alice@example.com", session: "invitation-1"),
        ]
        #expect(told(world) == once)
        world.perform(World.alice, .send(text: "Hello B", session: "chat"))
        #expect(told(world) == once + once)
        #expect(world.heard(.sent(text: "Hello B", session: "chat"), by: World.alice))
    }

    @Test func `Who conceals it says nothing and takes nothing`() throws {
        let world = talk { _ in }
        #expect(world.texts(World.alice).map(\.contentType) == ["text/plain"])
        let offer = try #require(world.requests(.invite, from: World.alice).first)
        #expect(try SessionDescription(parsing: offer.body).media[0].acceptTypes == ["text/plain", "message/cpim"])
    }

    @Test func `In a conference it goes in a wrapper like any message`() throws {
        var world = World { $0.composing = .shown }
        world.confer()
        world.perform(World.alice, .send(text: "Hello B", session: "conf"))
        let wrappers = try world.texts(World.alice).map { try CPIMMessage(parsing: $0.body ?? []) }
        #expect(wrappers.map(\.contentType) == ["application/im-iscomposing+xml", "text/plain"])
        #expect(wrappers.map(\.to) == [[ScriptedFocus.identity], [ScriptedFocus.identity]])
    }
}
