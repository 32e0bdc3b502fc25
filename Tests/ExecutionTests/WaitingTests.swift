import Conformance
import Testing

@testable import Execution

struct WaitingTests {
    private let invited = Milestone.invited(Play.b, session: "chat")
    private let established = [Play.a, Play.b].map { Milestone.established($0, session: "chat") }
    private let ended = [Play.a, Play.b].map { Milestone.ended($0, session: "chat") }

    @Test func `Waiting is over when all has come, in any order`() {
        for order in [established, established.reversed()] {
            var waiting = Waiting()
            waiting.begin(established)
            waiting.reach(order[0])
            #expect(!waiting.isOver)
            waiting.reach(order[1])
            #expect(waiting.isOver)
        }
    }

    @Test func `What was not awaited changes nothing`() {
        var waiting = Waiting()
        waiting.begin([invited])
        waiting.reach(.invited(Play.b, session: "another"))
        waiting.reach(.loggedIn(Play.b))
        let wasAwaited = waiting.fail(.paged(Play.a, text: "Hello"), reason: "late")
        #expect(!wasAwaited)
        #expect(waiting.failure == nil)
        #expect(!waiting.isOver)
    }

    @Test func `What comes about once in a session is not awaited after it has`() {
        var waiting = Waiting()
        waiting.begin(established)
        waiting.end(ended[1], everywhere: true, reason: "over")
        waiting.begin(ended)
        waiting.reach(ended[0])
        #expect(waiting.isOver)
    }

    @Test func `A text is awaited however often it has come before`() {
        var waiting = Waiting()
        let received = Milestone.received(Play.b, text: "Hello")
        waiting.begin([received])
        waiting.reach(received)
        waiting.begin([received])
        #expect(!waiting.isOver)
    }

    @Test func `The end of a session is the end of waiting for anything else in it`() {
        var waiting = Waiting()
        waiting.begin(established)
        waiting.end(.ended(Play.a, session: "another"), everywhere: true, reason: "another is over")
        #expect(waiting.failure == nil)
        waiting.end(ended[0], everywhere: true, reason: "chat is over")
        #expect(waiting.failure == "chat is over")
    }

    @Test func `The end of a conference at one party is none to the others`() {
        var waiting = Waiting()
        waiting.begin([established[1]])
        waiting.end(ended[0], everywhere: false, reason: "A has left")
        #expect(waiting.failure == nil)
        waiting.end(ended[1], everywhere: false, reason: "B has left")
        #expect(waiting.failure == "B has left")
    }

    @Test func `What has arrived before is known to have`() {
        var waiting = Waiting()
        waiting.reach(.contentReceived(Play.b, name: "picture.png"))
        waiting.reach(.paged(Play.b, text: "Hello"))
        #expect(waiting.hasArrived(.contentReceived(Play.b, name: "picture.png")))
        #expect(!waiting.hasArrived(.paged(Play.b, text: "Hello")))
    }

    @Test func `Only the conference state can be done without`() {
        var waiting = Waiting()
        waiting.begin([.assembled(Play.a, session: "chat"), invited])
        #expect(!waiting.isDispensable)
        waiting.reach(invited)
        #expect(waiting.isDispensable)
    }

    @Test func `Nothing can be awaited of a party for which the session is over`() {
        var waiting = Waiting()
        waiting.end(.declined(Play.a, session: "chat"), everywhere: true, reason: "")
        waiting.begin(established)
        #expect(waiting.failure == "the session is over at A")
        waiting.begin([.received(Play.a, text: "Hello"), .ended(Play.b, session: "chat")])
        #expect(waiting.failure == nil)
    }

    @Test func `A session that is opened again has no past`() {
        var waiting = Waiting()
        for milestone in [invited] + ended { waiting.reach(milestone) }
        waiting.open("chat")
        waiting.begin([invited])
        #expect(!waiting.isOver)
        #expect(waiting.failure == nil)
    }

    @Test func `The first reason is kept`() {
        var waiting = Waiting()
        waiting.begin([invited])
        waiting.fail("first")
        waiting.fail("second")
        #expect(waiting.failure == "first")
        waiting.drop()
        #expect(waiting.isOver)
        waiting.fail("third")
        #expect(waiting.isOver)
    }
}
