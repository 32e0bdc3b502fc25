import Conformance
import Execution
import Network
import TestSupport
import Testing

/// The message level: requests as described, waiting for messages, and changes made on purpose.
struct MessageLevelTests {
    private func received(_ method: String, by party: PartyName, carrying text: String? = nil) -> Action {
        .await(MessageSelector(at: party, direction: .received, start: .request(method), carrying: text))
    }

    @Test func `A composed request ends its step with the final response`() {
        let request = ComposedRequest(method: "MESSAGE", target: Play.b, contentType: "text/plain", body: "Composed")
        let performance = Play.testCase([
            Play.step("1", Play.a, .compose(request)), Play.step("2", Play.a, .page(text: "Next", to: .client(Play.b))),
        ]).performed()
        #expect(performance.outcome == .completed)
        #expect(performance.received(by: Play.b, "MESSAGE").map { $0.text.hasSuffix("Composed") } == [true, false])
    }

    @Test func `A composed request that nobody answers ends its step when its transaction does`() {
        let performance = Play.testCase([
            Play.step("1", Play.a, .compose(ComposedRequest(method: "OPTIONS", target: Play.b))),
            Play.step("2", Play.a, .page(text: "Next", to: .client(Play.b))),
        ]).performed {
            WrappedServer($0) { event, _, server in event.text?.hasPrefix("OPTIONS") == true ? [] : server() }
        }
        #expect(performance.outcome == .completed)
        #expect(performance.received(by: Play.b, "MESSAGE").map(\.step) == ["2"])
        #expect((.seconds(64) ... .seconds(98)).contains(performance.elapsed))
    }

    @Test func `A step that awaits a message ends when the message has come`() throws {
        let performance = Play.testCase([
            Play.step("1", Play.a, .page(text: "Hello", to: .client(Play.b))),
            Play.step("1", Play.b, received("MESSAGE", by: Play.b, carrying: "Hello")),
            Play.step("2", Play.b, .page(text: "Back", to: .client(Play.a))),
        ]).performed()
        #expect(performance.outcome == .completed)
        let hello = try #require(performance.received(by: Play.b, "MESSAGE").first)
        let back = try #require(performance.sent(by: Play.b, "MESSAGE").first)
        #expect(hello.time <= back.time)
    }

    @Test func `What has been seen already is not awaited again`() {
        let performance = Play.testCase([
            Play.step("1", Play.a, .page(text: "Hello", to: .client(Play.b))),
            Play.step("2", Play.b, received("MESSAGE", by: Play.b)),
            Play.step("3", Play.a, received("MESSAGE", by: Play.b, carrying: "Hello")),
            Play.step("4", Play.b, .page(text: "Back", to: .client(Play.a))),
        ]).performed()
        #expect(performance.outcome == .completed)
        #expect(performance.elapsed < .seconds(1))
    }

    @Test func `A message that is awaited with another text has not been seen`() {
        let performance = Play.testCase([
            Play.step("1", Play.a, .page(text: "Hello", to: .client(Play.b))),
            Play.step("2", Play.b, received("MESSAGE", by: Play.b, carrying: "Something else")),
        ]).performed()
        guard case .stalled("2", _) = performance.outcome else {
            Issue.record("\(performance.outcome)")
            return
        }
    }

    @Test func `A message in a stream is awaited likewise`() {
        let performance = Play.testCase(
            [
                Play.step("1", Play.a, .invite(.client(Play.b), session: "chat")),
                Play.step("2", Play.b, .accept(session: "chat")),
                Play.step("3", Play.a, .send(text: "Hello B", session: "chat")),
                Play.step("3", Play.b, received("SEND", by: Play.b, carrying: "Hello B")),
            ], postamble: [Play.step("postamble", Play.a, .leave(session: "chat"))]
        ).performed()
        #expect(performance.outcome == .completed)
    }

    /// What A sends when one message of its case is changed.
    private func mutated(_ message: String, _ change: Mutation.Change) -> Performance {
        func step(_ label: String, _ party: PartyName, _ action: Action) -> Step {
            Play.step(label, party, action, (message, change))
        }
        return Play.testCase(
            preamble: [
                step("preamble", Play.a, .logIn(.open)), Play.step("preamble", Play.b, .logIn(.open)),
            ],
            [
                step("1", Play.a, .page(text: "Hello", to: .client(Play.b))),
                step("2", Play.a, .invite(.client(Play.b), session: "chat")),
                step("3", Play.b, .accept(session: "chat")),
                step("4", Play.a, .send(text: "Hello", session: "chat")),
            ], postamble: [Play.step("postamble", Play.a, .leave(session: "chat"))]
        ).performed()
    }

    @Test(arguments: ["REGISTER", "INVITE", "MESSAGE"])
    func `A field of a request is set, and omitted`(method: String) throws {
        let change = Mutation.Change.set(field: "Subject", value: "On purpose")
        let set = try #require(mutated(method, change).sent(by: Play.a, method).first)
        #expect(set.field("Subject") == "On purpose")
        let omitted = try #require(mutated(method, .omit(field: "User-Agent")).sent(by: Play.a, method).first)
        #expect(omitted.field("User-Agent") == nil)
        let usual = try #require(Play.conversation.performed().sent(by: Play.a, "INVITE").first)
        #expect(usual.field("User-Agent") != nil && usual.field("Subject") == nil)
    }

    @Test(arguments: ["REGISTER", "INVITE", "MESSAGE"])
    func `A request is repeated, and replaced`(method: String) throws {
        let repeated = mutated(method, .repeat(3)).sent(by: Play.a, method).prefix(3)
        #expect(Set(repeated.map(\.text)).count == 1)
        #expect(Set(repeated.map(\.time)).count == 1)
        let raw = "\(method) nonsense SIP/2.0\r\n\r\n"
        let replaced = mutated(method, .raw(raw)).sent(by: Play.a, method)
        #expect(replaced.first?.text == raw)
    }

    @Test func `A response is changed like a request`() throws {
        func answer(_ change: Mutation.Change) throws -> Sighting {
            let sent = mutated("200", change).sent(by: Play.b).filter { $0.step == "3" && $0.text.contains("INVITE") }
            return try #require(sent.first { $0.start.hasPrefix("SIP/2.0 200") })
        }
        #expect(try answer(.set(field: "Server", value: "On purpose")).field("Server") == "On purpose")
        #expect(try answer(.omit(field: "Contact")).field("Contact") == nil)
        #expect(mutated("200", .repeat(2)).sent(by: Play.b, "SIP/2.0 200").filter { $0.step == "3" }.count >= 2)
        #expect(mutated("200", .raw("SIP/2.0 200\r\n\r\n")).sent(by: Play.b, "SIP/2.0 200\r\n\r\n").isEmpty == false)
    }

    @Test func `A SEND is changed like a SIP request`() throws {
        func sends(_ change: Mutation.Change) -> [Sighting] {
            mutated("SEND", change).sent(by: Play.a, "SEND").filter { $0.step == "4" }
        }
        #expect(try #require(sends(.set(field: "Subject", value: "x")).first).field("Subject") == "x")
        #expect(try #require(sends(.omit(field: "Byte-Range")).first).field("Byte-Range") == nil)
        #expect(sends(.repeat(2)).count > sends(.omit(field: "Subject")).count)
        let replaced = mutated("SEND", .raw("MSRP nonsense\r\n")).sent(by: Play.a).filter { $0.step == "4" }
        #expect(replaced.contains { $0.text == "MSRP nonsense\r\n" })
    }

    @Test func `A change lasts as long as its step`() {
        let set = Mutation.Change.set(field: "Subject", value: "On purpose")
        let performance = Play.testCase([
            Play.step("1", Play.a, .page(text: "One", to: .client(Play.b))),
            Play.step("1", Play.b, received("MESSAGE", by: Play.b, carrying: "One"), ("200", set)),
            Play.step("2", Play.a, .page(text: "Two", to: .client(Play.b))),
        ]).performed()
        let answers = performance.sent(by: Play.b, "SIP/2.0 200")
        #expect(answers.map(\.step) == ["1", "2"])
        #expect(answers.map { $0.field("Subject") } == ["On purpose", nil])
    }

    @Test func `A composed INVITE whose success makes no dialog has been answered all the same`() {
        let performance = Play.testCase([
            Play.step("1", Play.a, .compose(ComposedRequest(method: "INVITE", target: Play.b)))
        ]).performed {
            WrappedServer($0) { event, _, server in
                guard case .datagram(_, let client, let local) = event, let text = event.text,
                    text.hasPrefix("INVITE")
                else { return server() }
                let fields = text.split(separator: "\r\n").filter { line in
                    ["Via:", "From:", "To:", "Call-ID:", "CSeq:"].contains { line.hasPrefix($0) }
                }
                let lines = ["SIP/2.0 200 OK"] + fields.map(String.init) + ["Content-Length: 0", "", ""]
                return [.datagram(Array(lines.joined(separator: "\r\n").utf8), from: local, to: client)]
            }
        }
        #expect(performance.outcome == .completed)
    }
}
