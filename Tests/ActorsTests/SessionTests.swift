import Actors
import Testing

@Suite struct SessionTests {
    @Test func `A session is invited, accepted, talked in and left`() {
        var world = World()
        world.establish()
        #expect(
            world.reports[World.alice] == [
                .loggedIn, .ringing(session: "chat"), .established(session: "chat"),
            ])
        #expect(
            world.reports[World.bob] == [
                .loggedIn, .invited(by: "sip:alice@example.com", session: "invitation-1"),
                .established(session: "invitation-1"),
            ])
        world.perform(World.alice, .send(text: "Hello B", session: "chat"))
        world.perform(World.bob, .send(text: "Hello A", session: "invitation-1"))
        #expect(world.heard(.sent(text: "Hello B", session: "chat"), by: World.alice))
        #expect(
            world.heard(
                .received(text: "Hello B", from: "sip:alice@example.com", session: "invitation-1"), by: World.bob))
        #expect(world.heard(.received(text: "Hello A", from: "sip:bob@example.com", session: "chat"), by: World.alice))
        #expect(world.heard(.sent(text: "Hello A", session: "invitation-1"), by: World.bob))
        world.perform(World.alice, .leave(session: "chat"))
        #expect(world.reports[World.alice]?.last == .ended(session: "chat", reason: "left"))
        #expect(world.reports[World.bob]?.last == .ended(session: "invitation-1", reason: "released by the peer"))
    }
}
