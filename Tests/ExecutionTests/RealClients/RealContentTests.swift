import Actors
import Conformance
import TestSupport
import Testing

@testable import Execution

/// What the messages and documents of a real client are taken for, arrow by arrow.
struct RealContentTests {
    private static let sizes = [1, 13, Int.max]

    /// Pages a text from A, which is answered.
    private static func page(_ trace: inout TraceBuilder, _ status: Int, _ text: String = "Hello 1") {
        var message = trace.compose("MESSAGE", from: .a, to: .b)
        message["Call-ID"] = "page-of-a"
        message.add("Content-Type", "text/plain")
        message.body = text
        trace.answer(trace.send(message, from: .a, to: .server), status)
    }

    /// A conversation in which the client has said or heard something.
    private static func talk(
        as party: PartyName, _ action: ClientAction = .wait, pieceSize: Int = .max, texts: [String] = [],
        _ say: (inout TraceBuilder, inout TraceBuilder.Chat) -> Void
    ) -> [ClientReport] {
        var watch = Watch(party, texts: texts, pieceSize: pieceSize)
        var chat: TraceBuilder.Chat?
        _ = watch.see { chat = $0.establish(.backToBack) }
        guard var chat else { return [] }
        watch.expect(action)
        return watch.see { say(&$0, &chat) }
    }

    // MARK: Pages

    @Test func `A page has been sent once it is answered`() {
        var watch = Watch()
        #expect(
            watch.see { Self.page(&$0, 202) }
                == [.answered(method: "MESSAGE", status: 202), .paged(text: "Hello 1", status: 202)])
        #expect(
            watch.see { Self.page(&$0, 404, "Hello 2") }.last
                == .pageFailed(text: "Hello 2", reason: "it was answered 404"))
    }

    @Test(arguments: [401, 407])
    func `A page that is challenged has been sent once it is accepted`(status: Int) {
        var watch = Watch()
        #expect(watch.see { Self.page(&$0, status) } == [])
        #expect(watch.see { Self.page(&$0, 200) }.last == .paged(text: "Hello 1", status: 200))
    }

    @Test func `A page is received once the client has accepted it`() {
        var watch = Watch(.b)
        #expect(watch.see { $0.page() } == [.received(text: "Hello 1", from: PartyName.a.uri, session: nil)])
    }

    @Test(arguments: [
        ("text/plain", "News", "News"), ("message/external-body; access-type=URL", "News", "http"),
    ])
    func `A system message is announced, by its text or by where that is`(type: String, body: String, text: String) {
        var watch = Watch(.b)
        let reports = watch.see { trace in
            var message = trace.compose("MESSAGE", from: .server, to: .b)
            message["Accept-Contact"] = "*;+g.oma.sip-im.system-message"
            message.add("P-Asserted-Identity", "<sip:parley.example>")
            message.add("Content-Type", type)
            message.body = body
            trace.answer(trace.send(message, from: .server, to: .b), 200)
        }
        #expect(reports == [.announced(text: text, from: "sip:parley.example")])
    }

    @Test func `A text is that of the scenario which the bytes carry`() {
        var watch = Watch(texts: ["Hello", "Hello 1"])
        #expect(watch.see { Self.page(&$0, 200, "<b>Hello 1</b>") }.last == .paged(text: "Hello 1", status: 200))
    }

    // MARK: Texts in sessions

    @Test(arguments: sizes)
    func `A text has been sent once every chunk is answered, and reported when the report comes`(size: Int) {
        let reports = Self.talk(as: .a, .send(text: "Hello B", session: "chat"), pieceSize: size) {
            $0.say("Hello B", by: .a, in: &$1, chunk: 3)
        }
        #expect(
            reports == [
                .sent(text: "Hello B", session: "chat"), .deliveryReported(of: "Hello B", by: "", outcome: "reported"),
            ])
    }

    @Test func `Nobody waits for a report that was not asked for`() {
        let reports = Self.talk(as: .a) { $0.say("Hello B", by: .a, in: &$1, fields: ["Success-Report": "no"]) }
        #expect(
            reports == [
                .sent(text: "Hello B", session: "own-1"), .deliveryReported(of: "Hello B", by: "", outcome: "unasked"),
            ])
    }

    @Test func `Nobody waits for answers that were not asked for`() {
        let reports = Self.talk(as: .a) {
            $0.say("Hello B", by: .a, in: &$1, fields: ["Success-Report": "no", "Failure-Report": "no"])
        }
        #expect(reports.first == .sent(text: "Hello B", session: "own-1"))
    }

    /// A text of A of which the last chunk is as the test says.
    private static func send(
        _ status: String, flag: String = "$", when action: ClientAction = .wait
    ) -> [ClientReport] {
        talk(as: .a, action) { trace, chat in
            let hop = trace.hops(from: .a, to: .b, chat.routing)[0]
            for var chunk in trace.chunks(of: "Hello B", id: "m1", size: 4, ["Success-Report": "no"], over: hop) {
                if chunk.flag == "$" { chunk.flag = flag }
                trace.add(chunk, from: .a, to: .server, openedBy: .a)
                trace.acknowledge(chunk, over: hop, chunk.flag == "+" ? "200 OK" : status)
            }
        }
    }

    @Test func `A text fails by its worst answer, and when it is given up`() {
        #expect(
            Self.send("481 Session Does Not Exist")
                == [.sendFailed(text: "Hello B", session: "own-1", reason: "it was answered 481")])
        #expect(
            Self.send("200 OK", flag: "#")
                == [.sendFailed(text: "Hello B", session: "own-1", reason: "it was given up")])
    }

    @Test func `What is only tried is told with what became of it`() {
        let attempt = ClientAction.attempt(text: "Hello B", session: "chat")
        #expect(
            Self.send("481 Gone", when: attempt)
                == [.attempted(text: "Hello B", session: "chat", outcome: "it was answered 481")])
        #expect(
            Self.send("200 OK", when: attempt) == [.attempted(text: "Hello B", session: "chat", outcome: "MSRP 200")])
    }

    @Test func `Who connects or sends when asked to try has tried`() {
        var watch = Watch()
        watch.expect(.attempt(text: "Hello B", session: "chat"))
        _ = watch.see { Self.page(&$0, 200) }
        #expect(!watch.hasTried)
        _ = watch.see { $0.add(raw: [0x41], from: .a, to: .server, openedBy: .a) }
        #expect(watch.hasTried)
        watch.expect(.wait)
        #expect(!watch.hasTried)
    }

    @Test(arguments: sizes)
    func `A text is received once it is whole and answered`(size: Int) {
        let reports = Self.talk(as: .b, pieceSize: size) { $0.say("Hello B", by: .a, in: &$1, chunk: 3) }
        #expect(reports == [.received(text: "Hello B", from: PartyName.a.uri, session: "invitation-1")])
    }

    // MARK: Contents and documents

    @Test func `The contents of the scenario are known by their bytes`() {
        let content = Watch.file
        let body = String(decoding: content.bytes, as: UTF8.self)
        #expect(
            Self.talk(as: .a) { $0.say(body, by: .a, in: &$1, fields: ["Success-Report": "no"]) }
                == [.contentSent(name: content.name)])
        #expect(
            Self.talk(as: .b) { $0.say(body, by: .a, in: &$1) }
                == [.contentReceived(name: content.name, bytes: content.bytes, session: "invitation-1")])
    }

    @Test func `A list is read, and after a deletion tells that it is done`() {
        var watch = Watch()
        #expect(watch.see { $0.list([.init(1), .init(2)], at: .a) } == [.listed(.deferred, count: 2)])
        watch.expect(.delete(.deferred, .all))
        #expect(watch.see { $0.delete("sip:stored1@parley.example", at: .a) } == [])
        #expect(watch.see { $0.list([], at: .a) } == [.deleted(.deferred), .listed(.deferred, count: 0)])
    }

    @Test func `A document that names a group creates it`() {
        let group = Watch.group
        var watch = Watch()
        let reports = watch.see { trace in
            let head = "PUT /groups HTTP/1.1\r\nHost: 127.0.0.10\r\nContent-Length: \(group.utf8.count)\r\n\r\n"
            trace.add(http: head + group, label: "PUT", from: .a, to: .server)
            trace.add(http: "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n", label: "201", from: .server, to: .a)
        }
        #expect(reports == [.groupCreated(uri: group)])
    }
}
