import Actors
import Conformance
import Execution
import Network
import ReferenceServer
import Testing

/// Sessions that take another course than the usual one.
struct SessionCourseTests {
    private static let invitation = Play.step("1", Play.a, .invite(.client(Play.b), session: "chat"))

    @Test func `An invitation is declined`() {
        let performance = Play.testCase([Self.invitation, Play.step("2", Play.b, .decline(session: "chat"))])
            .performed()
        #expect(performance.outcome == .completed)
        #expect(performance.remarks == [])
        #expect(performance.received(by: Play.a, "SIP/2.0 480").map(\.step) == ["2"])
    }

    @Test func `An invitation is taken back before it is answered`() {
        let performance = Play.testCase([Self.invitation, Play.step("2", Play.a, .leave(session: "chat"))]).performed()
        #expect(performance.outcome == .completed)
        #expect(performance.remarks == [])
        #expect(performance.received(by: Play.b, "CANCEL").map(\.step) == ["2"])
        #expect(performance.received(by: Play.a, "SIP/2.0 487").map(\.step) == ["2"])
    }

    @Test func `The invited client leaves before it has answered`() {
        let performance = Play.testCase([Self.invitation, Play.step("2", Play.b, .leave(session: "chat"))]).performed()
        #expect(performance.outcome == .completed)
        #expect(performance.remarks == [])
        #expect(performance.received(by: Play.a, "SIP/2.0 480").map(\.step) == ["2"])
    }

    @Test func `The end of a session by the invited client is awaited at both ends`() {
        let performance = Play.testCase([
            Self.invitation, Play.step("2", Play.b, .accept(session: "chat")),
            Play.step("3", Play.b, .leave(session: "chat")),
            Play.step("4", Play.a, .page(text: "After", to: .client(Play.b))),
        ]).performed()
        #expect(performance.outcome == .completed)
        #expect(performance.received(by: Play.a, "BYE").map(\.step) == ["3"])
    }

    @Test func `A session of the same name begins anew after the end of the first`() {
        let once = [
            Self.invitation, Play.step("2", Play.b, .accept(session: "chat")),
            Play.step("3", Play.a, .send(text: "Hello", session: "chat")),
            Play.step("4", Play.a, .leave(session: "chat")),
        ]
        let performance = Play.testCase(once + once).performed()
        #expect(performance.outcome == .completed)
        #expect(performance.remarks == [])
        #expect(Set(performance.received(by: Play.b, "INVITE").map { $0.field("Call-ID") }).count == 2)
        #expect(performance.received(by: Play.b, "BYE").count == 2)
    }

    @Test func `Two invitations that cross belong to the session of their inviter`() {
        let performance = Play.testCase(
            [
                Play.step("1", Play.a, .invite(.client(Play.b), session: "one")),
                Play.step("1", Play.b, .invite(.client(Play.a), session: "two")),
                Play.step("2", Play.b, .accept(session: "one")), Play.step("3", Play.a, .decline(session: "two")),
                Play.step("4", Play.b, .send(text: "In one", session: "one")),
            ], postamble: [Play.step("postamble", Play.a, .leave(session: "one"))]
        ).performed()
        #expect(performance.outcome == .completed)
        #expect(performance.remarks == [])
    }

    @Test func `An invitation that the server refuses ends the step with its answer`() {
        let performance = Play.testCase(
            preamble: [Play.step("preamble", Play.a, .logIn(.open))],
            [Self.invitation, Play.step("2", Play.b, .accept(session: "chat"))],
            postamble: [Play.step("postamble", Play.a, .leave(session: "chat"))]
        ).performed()
        guard case .stalled("1", let reason) = performance.outcome else {
            Issue.record("\(performance.outcome)")
            return
        }
        #expect(reason.hasPrefix("the invitation of A was answered 4"))
        #expect(performance.elapsed < .seconds(34))
    }

    @Test func `A session that the other end has left already is not waited for`() {
        let performance = Play.testCase(
            [
                Self.invitation, Play.step("2", Play.b, .accept(session: "chat")),
                Play.step("3", Play.a, .send(text: "Hello B", session: "chat")),
                Play.step("4", Play.b, .leave(session: "chat")),
            ], postamble: [Play.step("postamble", Play.a, .leave(session: "chat"))]
        ).performed()
        #expect(performance.outcome == .completed)
        #expect(performance.remarks == [])
        #expect(performance.elapsed < .seconds(1))
    }

    @Test func `Nothing is waited for in a session that is over`() {
        let performance = Play.testCase([
            Self.invitation, Play.step("2", Play.b, .decline(session: "chat")),
            Play.step("3", Play.b, .accept(session: "chat")),
        ]).performed()
        guard case .stalled("3", let reason) = performance.outcome else {
            Issue.record("\(performance.outcome)")
            return
        }
        #expect(reason.hasPrefix("the session is over at"))
        #expect(performance.elapsed < .seconds(1))
    }

    @Test func `What is done in a session with one label is done in its order`() throws {
        let performance = Play.testCase([
            Play.step("1", Play.a, .invite(.client(Play.b), session: "chat")),
            Play.step("1", Play.b, .accept(session: "chat")),
            Play.step("1", Play.a, .send(text: "Hello B", session: "chat")),
            Play.step("1", Play.b, .send(text: "Hello A", session: "chat")),
        ]).performed()
        let first = try #require(performance.received(by: Play.b, "SEND").last { $0.text.contains("Hell") })
        let second = try #require(performance.sent(by: Play.b, "SEND").first { $0.text.contains("Hell") })
        #expect(first.time <= second.time)
        #expect(performance.outcome == .completed)
    }

    @Test func `Several leave a session at once`() throws {
        let performance = Play.testCase(
            [
                Play.step("1", Play.a, .invite(.client(Play.b), session: "chat")),
                Play.step("2", Play.b, .accept(session: "chat")),
            ],
            postamble: [
                Play.step("postamble", Play.a, .leave(session: "chat")),
                Play.step("postamble", Play.b, .leave(session: "chat")),
            ]
        ).performed()
        let first = try #require(performance.sent(by: Play.a, "BYE").first)
        let second = try #require(performance.sent(by: Play.b, "BYE").first)
        #expect(first.time == second.time)
    }

    @Test func `A text is through when its report has come, and without one the play goes on later`() throws {
        let steps = [
            Play.step("1", Play.a, .invite(.client(Play.b), session: "chat")),
            Play.step("2", Play.b, .accept(session: "chat")),
            Play.step("3", Play.a, .send(text: "Hello B", session: "chat")),
            Play.step("4", Play.b, .send(text: "Hello A", session: "chat")),
        ]
        let performance = Play.testCase(steps).performed()
        let report = try #require(performance.received(by: Play.a).first { $0.text.contains("REPORT") })
        let next = try #require(performance.sent(by: Play.b, "SEND").first { $0.text.contains("Hell") })
        #expect(report.time <= next.time)
        #expect(performance.remarks == [])

        let silent = Play.testCase(steps).performed { _ in
            ReferenceServer(
                configuration: .init(domain: CastingOptions().domain, address: IPAddress(127, 0, 0, 10)), seed: 1,
                defects: [.reportLost])
        }
        #expect(silent.outcome == .completed)
        #expect(silent.remarks.first == "Step 3 went on without the report about “Hello B” of A.")
    }

    @Test func `Nobody waits for a conference whose originator is refused`() {
        var options = CastingOptions()
        var services = Services(domain: options.domain)
        services.conferenceFactory = "sip:nobody@\(options.domain)"
        options.services = services
        let list = Audience.list([Play.b, Play.c])
        let performance = Play.testCase(
            clients: [Play.a, Play.b, Play.c], [Play.step("1", Play.a, .invite(list, session: "talk"))]
        ).performed(options: options)
        #expect(performance.outcome == .stalled(step: "1", reason: "the invitation of A was answered 480"))
        #expect(performance.elapsed < .seconds(1))
    }
}
