import Actors
import Bytes
import Conformance
import SIPSyntax
import Testing

@Suite struct ComposedExchangeTests {
    private func compose(
        _ method: String, contentType: String? = nil, body: String? = nil
    ) -> World {
        var world = World()
        world.logIn()
        let request = ComposedRequest(method: method, target: PartyName("B"), contentType: contentType, body: body)
        world.perform(World.alice, .compose(request, to: "sip:bob@example.com"))
        return world
    }

    @Test(arguments: [("OPTIONS", 200), ("REFER", 405), ("FROBNICATE", 501), ("BYE", 481)])
    func `The final response is reported`(method: String, status: Int) {
        #expect(compose(method).reports[World.alice]?.last == .answered(method: method, status: status))
    }

    @Test func `The request carries what it is given`() throws {
        let world = compose("MESSAGE", contentType: "application/json", body: "{}")
        let message = try #require(world.requests(.message, from: World.alice).first)
        #expect(message.first(.contentType) == "application/json")
        #expect(message.body.text == "{}")
        #expect(message.first(.acceptContact) == "*;+g.oma.sip-im")
    }

    @Test func `An INVITE is the usual one unless told otherwise, and its dialog is released`() throws {
        var world = compose("INVITE")
        let invite = try #require(world.requests(.invite, from: World.alice).first)
        #expect(invite.first(.contentType) == "application/sdp")
        world.perform(World.bob, .accept(session: "invitation-1"))
        #expect(world.reports[World.alice]?.last == .answered(method: "INVITE", status: 200))
        #expect(world.requests(.ack, from: World.alice).count == 1)
        #expect(world.responses(to: .bye, from: World.bob).map(\.status) == [200])
    }

    @Test func `An ACK is sent and awaits nothing`() {
        let world = compose("ACK")
        #expect(world.requests(.ack, from: World.alice).count == 1)
        #expect(world.reports[World.alice]?.last == .answered(method: "ACK", status: 0))
    }
}
