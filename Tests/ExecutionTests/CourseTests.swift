import Conformance
import Execution
import Network
import TestSupport
import Testing

/// The course of a performance: which step begins when, and what follows when one does not end.
struct CourseTests {
    @Test func `Steps of different clients with one label begin together`() throws {
        let performance = Play.testCase([
            Play.step("1", Play.a, .page(text: "To B", to: .client(Play.b))),
            Play.step("1", Play.b, .page(text: "To A", to: .client(Play.a))),
        ]).performed()
        let first = try #require(performance.sent(by: Play.a, "MESSAGE").first)
        let second = try #require(performance.sent(by: Play.b, "MESSAGE").first)
        #expect(first.time == second.time)
        #expect(performance.outcome == .completed)
    }

    @Test func `The steps of one client with one label begin one after the other`() throws {
        let performance = Play.testCase([
            Play.step("1", Play.a, .page(text: "First", to: .client(Play.b))),
            Play.step("1", Play.a, .page(text: "Second", to: .client(Play.b))),
        ]).performed()
        let messages = performance.sent(by: Play.a, "MESSAGE")
        let answer = try #require(performance.received(by: Play.a, "SIP/2.0 200").first { $0.step == "1" })
        #expect(messages.map(\.step) == ["1", "1"])
        #expect(messages[0].time < answer.time)
        #expect(messages[1].time >= answer.time)
    }

    @Test func `A step begins when the one before it has come to its end`() throws {
        let performance = Play.conversation.performed()
        let text = try #require(performance.sent(by: Play.a, "SEND").first)
        let acknowledgement = try #require(performance.received(by: Play.b, "ACK").first)
        #expect(acknowledgement.time <= text.time)
        #expect(performance.outcome == .completed)
        #expect(performance.remarks == [])
    }

    @Test func `A step that does not end stalls the case with the reason, and the steps after it are left out`() {
        let performance = Play.testCase([
            Play.step("1", Play.a, .page(text: "Hello", to: .client(Play.b))),
            Play.step("2", Play.b, Play.awaitNothing(at: Play.b)),
            Play.step("3", Play.a, .page(text: "Too late", to: .client(Play.b))),
        ]).performed()
        let reason = "nothing more happened while waiting for SUBSCRIBE request received by B"
        #expect(performance.outcome == .stalled(step: "2", reason: reason))
        #expect(performance.remarks == ["Step 2 did not complete: \(reason)."])
        #expect(performance.received(by: Play.b, "MESSAGE").map(\.step) == ["1"])
        #expect((.seconds(100) ... .seconds(101)).contains(performance.elapsed))
    }

    @Test func `After a stall the postamble is performed`() {
        let performance = Play.testCase(
            [
                Play.step("1", Play.a, .invite(.client(Play.b), session: "chat")),
                Play.step("2", Play.b, .accept(session: "chat")),
                Play.step("3", Play.b, Play.awaitNothing(at: Play.b)),
            ],
            postamble: [
                Play.step("postamble", Play.b, .leave(session: "chat")), Play.step("postamble", Play.a, .logOut),
            ]
        ).performed()
        #expect(performance.sent(by: Play.b, "BYE").map(\.step) == ["postamble"])
        #expect(performance.logOuts(of: Play.a) == 1)
        #expect(performance.logOuts(of: Play.b) == 1)
        #expect(performance.remarks.count == 1)
    }

    @Test func `A preamble that fails is called by its name, and what it has seen is kept`() {
        let performance = Play.testCase([Play.step("1", Play.a, .page(text: "Hello", to: .client(Play.b)))]).performed {
            WrappedServer($0) { event, _, server in
                guard let text = event.text, text.hasPrefix("PUBLISH"), text.contains("bob") else { return server() }
                return []
            }
        }
        let reason = "B could not log in: PUBLISH: no response (408)"
        #expect(performance.outcome == .stalled(step: "preamble", reason: reason))
        #expect(performance.remarks == ["The preamble did not complete: \(reason)."])
        #expect(performance.sent(by: Play.a, "MESSAGE").isEmpty)
        #expect(performance.sent(by: Play.b, "PUBLISH").count > 1)
    }

    @Test func `A step of the postamble that does not end is a remark and no more`() {
        let performance = Play.testCase(
            [Play.step("1", Play.a, .page(text: "Hello", to: .client(Play.b)))],
            postamble: [
                Play.step("postamble", Play.a, Play.awaitNothing(at: Play.a)), Play.step("postamble", Play.a, .logOut),
            ]
        ).performed()
        let reason = "nothing more happened while waiting for SUBSCRIBE request received by A"
        #expect(performance.outcome == .completed)
        #expect(performance.remarks == ["The clean-up is incomplete: \(reason)."])
        #expect(performance.logOuts(of: Play.a) == 1)
    }

    @Test func `A step that fails at once does not let others of its scene act in the next`() {
        let long = String(repeating: "x", count: 1400)
        let performance = Play.testCase([
            Play.step("1", Play.a, .page(text: long, to: .client(Play.b))),
            Play.step("1", Play.b, .page(text: "Hello A", to: .client(Play.a))),
        ]).performed()
        #expect(performance.sent(by: Play.b, "MESSAGE").map(\.step) == ["1"])
        guard case .stalled("1", let reason) = performance.outcome else {
            Issue.record("\(performance.outcome)")
            return
        }
        #expect(reason.hasSuffix("bytes are too many for pager mode"))
    }

    @Test func `Two failures of one scene stall it once, and leave the postamble alone`() {
        let performance = Play.testCase(
            [
                Play.step("1", Play.a, .invite(.client(Play.b), session: "chat")),
                Play.step("2", Play.b, .accept(session: "chat")),
                Play.step("3", Play.a, .page(text: "To B", to: .client(Play.b))),
                Play.step("3", Play.b, .page(text: "To A", to: .client(Play.a))),
            ], postamble: [Play.step("postamble", Play.a, .leave(session: "chat"))]
        ).performed {
            WrappedServer($0) { event, _, server in event.text?.hasPrefix("MESSAGE") == true ? [] : server() }
        }
        guard case .stalled("3", _) = performance.outcome else {
            Issue.record("\(performance.outcome)")
            return
        }
        #expect(!performance.remarks.contains { $0.hasPrefix("The clean-up") })
        #expect(performance.received(by: Play.b, "BYE").map(\.step) == ["postamble"])
        #expect(performance.received(by: Play.a, "SIP/2.0 200").contains { $0.field("CSeq")?.hasSuffix("BYE") == true })
    }

    @Test(arguments: [[], [Play.step("postamble", Play.a, .logOut), Play.step("postamble", Play.b, .logOut)]])
    func `Every client is logged out exactly once, whether or not the postamble says so`(postamble: [Step]) {
        let page = Play.step("1", Play.a, .page(text: "Hello", to: .client(Play.b)))
        let early = Play.step("2", Play.b, .logOut)
        let stall = Play.step("2", Play.a, Play.awaitNothing(at: Play.a))
        for procedure in [[page], [page, stall]] + (postamble.isEmpty ? [[page, early]] : []) {
            let performance = Play.testCase(procedure, postamble: postamble).performed()
            #expect(performance.logOuts(of: Play.a) == 1)
            #expect(performance.logOuts(of: Play.b) == 1)
        }
    }

    @Test func `A client that cannot be logged out is not asked to again`() {
        let performance = Play.testCase(
            [Play.step("1", Play.a, .page(text: "Hello", to: .client(Play.b)))],
            postamble: [Play.step("postamble", Play.a, .logOut)]
        ).performed {
            WrappedServer($0) { event, _, server in
                let isLogOut = event.text.map { $0.hasPrefix("REGISTER") && $0.contains("\r\nExpires: 0\r\n") } ?? false
                return isLogOut ? [] : server()
            }
        }
        #expect(performance.outcome == .completed)
        #expect(performance.logOuts(of: Play.a) == 1)
        #expect(performance.logOuts(of: Play.b) == 1)
    }

    @Test func `A client that never logged in is not logged out`() {
        let performance = Play.testCase(
            preamble: [Play.step("preamble", Play.a, .logIn(.open))],
            [Play.step("1", Play.a, .compose(ComposedRequest(method: "OPTIONS", target: Play.b)))]
        ).performed()
        #expect(performance.logOuts(of: Play.a) == 1)
        #expect(performance.sent(by: Play.b).isEmpty)
    }

    @Test func `There is a quiet window at the end only where datagrams do not keep their order`() {
        let page = Play.testCase([Play.step("1", Play.a, .page(text: "Hello", to: .client(Play.b)))])
        let ordered = page.performed()
        #expect(ordered.trace.datagramsKeepOrder)
        #expect(ordered.elapsed < .seconds(1))
        let disordered = page.performed(conditions: .disturbed(0))
        #expect(!disordered.trace.datagramsKeepOrder)
        #expect((.seconds(33) ... .seconds(34)).contains(disordered.elapsed))
        #expect(disordered.trace.end == Simulation.epoch + disordered.elapsed)
    }

    @Test func `While something has no answer, the stage listens for as long as it could still get one`() {
        let performance = Play.testCase(
            [Play.step("1", Play.a, .page(text: "Hello", to: .client(Play.b)))],
            postamble: [
                Play.step("postamble", Play.a, .compose(ComposedRequest(method: "OPTIONS", target: Play.b)))
            ]
        ).performed {
            WrappedServer($0) { event, _, server in event.text?.hasPrefix("OPTIONS") == true ? [] : server() }
        }
        #expect(performance.trace.datagramsKeepOrder)
        #expect((.seconds(32 + 33) ... .seconds(32 + 34)).contains(performance.elapsed))
    }

    @Test func `The last question is asked when everything else has been answered, so that its answer is a fence`() {
        let performance = Play.conversation.performed { .answeringLate($0) { $0.hasPrefix("BYE") } }
        let late = performance.received(by: Play.a, "SIP/2.0 200").last { $0.field("CSeq")?.hasSuffix("BYE") == true }
        let questions = [Play.a, Play.b].compactMap { performance.sent(by: $0, "OPTIONS").first }
        #expect(questions.count == 2)
        #expect(questions.allSatisfy { $0.time > late?.time ?? $0.time })
        #expect(performance.outcome == .completed)
        #expect(performance.elapsed < .seconds(1))
    }

    @Test func `Time does not go back when the last question takes longer than the answers before it may`() {
        // Later than the last repetition of a request: nobody waits for the answer any more.
        let performance = Play.conversation.performed {
            .answeringLate($0, by: .milliseconds(4200)) { $0.hasPrefix("BYE") || $0.hasPrefix("OPTIONS") }
        }
        let times = performance.trace.entries.map(\.time) + [performance.trace.end]
        #expect(times == times.sorted())
        #expect(performance.sent(by: Play.a, "OPTIONS").count > 1)
    }

    @Test func `A page to somebody who is not there waits for nobody to receive it`() {
        let performance = Play.testCase(
            preamble: [Play.step("preamble", Play.a, .logIn(.open))],
            [Play.step("1", Play.a, .page(text: "Hello", to: .client(Play.b)))]
        ).performed()
        #expect(performance.elapsed < .seconds(34))
    }
}
