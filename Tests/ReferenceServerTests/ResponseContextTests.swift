import SIPSyntax
import Testing

@testable import ReferenceServer

/// RFC 3261 §16.7 to §16.10, an arrow a test.
@Suite struct ResponseContextTests {
    typealias Context = ResponseContext

    private func response(_ status: Int) -> SIPMessage { SIPMessage(status: status, to: Client.a.invite(.b)) }

    /// The context of an INVITE after these events.
    private func context(after events: Context.Event...) -> Context {
        var (context, _) = Context.begin(for: Client.a.invite(.b), ringing: .seconds(190), timeout: .seconds(32))
        for event in events { _ = context.handle(event) }
        return context
    }

    private static let stopped: [Context.Effect] = [.disarm(.c), .disarm(.cancelled)]

    @Test func `Timer C begins with an INVITE and with no other request`() {
        #expect(
            Context.begin(for: Client.a.invite(.b), ringing: .seconds(190), timeout: .seconds(32)).1
                == [.arm(.c, after: .seconds(190))])
        #expect(
            Context.begin(for: Client.a.page("x", to: .b), ringing: .seconds(190), timeout: .seconds(32)).1 == [])
    }

    @Test func `100 goes no further`() {
        var context = context()
        #expect(context.handle(.response(response(100))) == [])
        #expect(context.state == .proceeding)
    }

    @Test func `Other provisional responses are passed back and give timer C its time again`() {
        var context = context()
        #expect(
            context.handle(.response(response(180)))
                == [.forward(response(180)), .arm(.c, after: .seconds(190))])
    }

    @Test(arguments: [200, 202, 302, 404, 486, 500, 603]) func `A final response is passed back`(status: Int) {
        var context = context(after: .response(response(180)))
        #expect(context.handle(.response(response(status))) == [.forward(response(status))] + Self.stopped)
        #expect(context.state == .completed)
    }

    @Test func `503 becomes 500, because it speaks of the next hop only`() {
        var context = context()
        #expect(
            context.handle(.response(response(503)))
                == [.refuse(Refusal(500, because: "The target is unavailable"))] + Self.stopped)
    }

    @Test func `A second 2xx is passed back, a second failure is not`() {
        var context = context(after: .response(response(200)))
        #expect(context.handle(.response(response(200))) == [.forward(response(200))])
        #expect(context.handle(.response(response(486))) == [])
    }

    @Test func `No answer at all is 408`() {
        var context = context()
        #expect(context.handle(.timeout) == [.refuse(Refusal(408))] + Self.stopped)
    }

    @Test func `A next hop that cannot be reached is 500`() {
        var context = context()
        #expect(
            context.handle(.transportFailure)
                == [.refuse(Refusal(500, because: "The next hop cannot be reached"))] + Self.stopped)
    }

    @Test func `CANCEL follows the INVITE once a provisional response has come`() {
        var context = context(after: .response(response(180)))
        #expect(context.handle(.cancel) == [.cancel, .disarm(.c), .arm(.cancelled, after: .seconds(32))])
        #expect(context.handle(.cancel) == [])
        #expect(context.handle(.response(response(487))) == [.forward(response(487))] + Self.stopped)
    }

    @Test func `CANCEL waits for a provisional response`() {
        var context = context()
        #expect(context.handle(.cancel) == [.disarm(.c), .arm(.cancelled, after: .seconds(32))])
        #expect(context.handle(.response(response(100))) == [.cancel])
        #expect(context.state == .cancelled)
    }

    @Test func `A final response may come before CANCEL could be sent`() {
        var context = context(after: .cancel)
        #expect(context.handle(.response(response(200))) == [.forward(response(200))] + Self.stopped)
    }

    @Test func `A cancelled INVITE that is never answered ends with 487`() {
        var context = context(after: .response(response(180)), .cancel)
        #expect(context.handle(.timer(.cancelled)) == [.abandon, .refuse(Refusal(487))] + Self.stopped)
    }

    @Test func `Timer C cancels a client that rings too long`() {
        var context = context(after: .response(response(180)))
        #expect(context.handle(.timer(.c)) == [.cancel, .arm(.cancelled, after: .seconds(32))])
    }

    @Test func `Other requests are not cancelled`() {
        var (context, _) = Context.begin(for: Client.a.page("x", to: .b), ringing: .seconds(190), timeout: .seconds(32))
        #expect(context.handle(.cancel) == [])
        #expect(context.state == .calling)
    }

    @Test(arguments: [Context.Event.timeout, .transportFailure, .cancel, .timer(.c), .timer(.cancelled)])
    func `Nothing happens after the end`(event: Context.Event) {
        var context = context(after: .response(response(486)))
        #expect(context.handle(event) == [])
        #expect(context.state == .completed)
    }
}
