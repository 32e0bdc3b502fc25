import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// `listed`: what a list of stored items shows.
struct ListingTests {
    static let items = (1...3).map { TraceBuilder.StoredText($0) }

    /// B fetches a list of no, three and two items.
    static let trace: TraceBuilder = {
        var trace = TraceBuilder()
        trace.fetch(
            "org.openmobilealliance.deferred-list/users/x/deferred-list", at: .b, nil, type: "text/plain")
        trace.pageDeferred("Hello 1")
        trace.list(items, at: .b)
        trace.delete(items[0].reference, at: .b)
        trace.list(Array(items.dropFirst()), at: .b)
        return trace
    }()

    static func judged(
        _ which: Condition.Occasion = .any, items: Int, from sender: PartyName? = nil, name: String? = nil,
        in trace: TraceBuilder = trace
    ) -> Finding {
        trace.judged(
            .listed(
                client: .b, store: .deferred, which: which, items: Count(items...items),
                properties: Condition.ItemProperties(from: sender, to: sender == nil ? nil : .b, name: name)))
    }

    @Test func `A list is found by its number, by what came before, or among all`() {
        #expect(Self.judged(.number(1), items: 0).verdict == .pass)
        #expect(Self.judged(.number(2), items: 3, from: .a).verdict == .pass)
        #expect(Self.judged(.number(3), items: 2, from: .a).verdict == .pass)
        #expect(Self.judged(items: 3).verdict == .pass)
        let refer = MessageSelector(at: .b, direction: .sent, start: .request("REFER"))
        #expect(Self.judged(.after(refer), items: 2).verdict == .pass)
        let finding = Self.judged(.after(refer), items: 3)
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(
            finding.expected
                == "exactly 3 items in a list of deferred messages after the first REFER request sent by B at B")
    }

    @Test func `A failure shows the list that tells most`() {
        // The one with the right number and wrong items, else the next after the cause, else how many each had.
        let sent = MessageSelector(at: .a, direction: .sent, start: .request("MESSAGE"))
        #expect(Self.judged(.after(sent), items: 2, from: .c).observed.hasPrefix("one is from"))
        #expect(Self.judged(.after(sent), items: 7).observed.hasPrefix("3 ("))
        #expect(Self.judged(items: 7).observed.hasPrefix("0, 3 and 2 (messages"))
    }

    @Test func `What a client has put into the store, or taken from it, is not held against the server`() {
        var trace = TraceBuilder()
        trace.logIn(.b)
        trace.logOut(.b)
        trace.lines[0].step = "preamble"
        for text in ["Hello B", "Hello B"] { trace.pageDeferred(text) }
        let items = [1, 2].map { TraceBuilder.StoredText($0) }
        trace.list(items, at: .b)
        let twice = Self.judged(items: 1, in: trace)
        #expect(twice.verdict == .fail && twice.party == .a)
        #expect(twice.observed.hasSuffix("no other was there by then, as A sent it"))
        // The server shows less than it was given.
        let fewer = Self.judged(items: 3, in: trace)
        #expect(fewer.verdict == .fail && fewer.party == .a)
        trace.list([items[0]], at: .b)
        #expect(Self.judged(.number(2), items: 2, in: trace).party == .server)
        // After a deletion one is left, and a list of one is true.
        trace.delete(items[0].reference, at: .b)
        trace.list([items[1]], at: .b)
        #expect(Self.judged(.number(3), items: 1, in: trace).verdict == .pass)
    }

    @Test func `Every item has the right sender and receiver`() {
        let finding = Self.judged(.number(2), items: 3, from: .c)
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed.hasPrefix("one is from sip:alice@parley.example"))
    }

    @Test func `A recording has the name that was given`() {
        var trace = TraceBuilder()
        trace.list(recordings: [("conversationX", "sip:rec1@parley.example")], at: .a)
        func judged(_ name: String) -> Finding {
            trace.judged(
                .listed(
                    client: .a, store: .history, which: .any, items: .once,
                    properties: Condition.ItemProperties(name: name)))
        }
        #expect(judged("conversationX").verdict == .pass)
        let other = judged("conversationY")
        #expect(other.verdict == .fail && other.observed.hasPrefix("none has this name, only “conversationX”"))
    }

    @Test func `A list that was never fetched shows nothing, and one that is refused fails who refuses`() {
        let none = Self.judged(items: 1, in: TraceBuilder.case201())
        #expect(none.verdict == .inconclusive && none.observed == "B has fetched no list, so nothing is shown")
        #expect(Self.judged(.number(4), items: 1).verdict == .inconclusive)
        var refused = TraceBuilder()
        refused.add(http: "GET /x HTTP/1.1\r\nHost: h\r\n\r\n", label: "GET", from: .b, to: .server)
        refused.add(
            http: "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", label: "403 GET", from: .server, to: .b)
        let finding = Self.judged(items: 1, in: refused)
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "it was answered 403 Forbidden")
        var foreign = TraceBuilder()
        foreign.fetch("other", at: .b, "<x/>", type: "text/plain")
        #expect(Self.judged(items: 1, in: foreign).verdict == .fail)
    }
}

/// `removed`: what a deletion takes away.
struct RemovalTests {
    static func judged(
        _ places: [Int] = [1], deletion: Int = 1, removing removed: [Int] = [1], target: String? = nil,
        answered status: String? = nil
    ) -> Finding {
        let items = ListingTests.items
        var trace = TraceBuilder()
        trace.list(items, at: .b)
        trace.delete(target ?? items[0].reference, at: .b)
        trace.list(items.indices.filter { !removed.contains($0 + 1) }.map { items[$0] }, at: .b)
        if let status { trace.change("200 REFER server→B") { $0.startLine = "SIP/2.0 \(status)" } }
        return trace.judged(.removed(client: .b, store: .deferred, deletion: deletion, places: places))
    }

    @Test func `Exactly the chosen item is gone`() {
        let finding = Self.judged()
        #expect(finding.verdict == .pass)
        #expect(finding.expected == "deletion number 1 of B removes the deferred messages at 1")
        #expect(Self.judged([1, 2, 3], removing: [1, 2, 3], target: "sip:Deferred@parley.example").verdict == .pass)
    }

    @Test(arguments: [[2], [], [1, 2]])
    func `Another item, none, or one too many fail the server`(removed: [Int]) {
        let finding = Self.judged(removing: removed)
        #expect(finding.verdict == .fail && finding.party == .server)
    }

    @Test func `What the client itself asked for is its own fault`() {
        let finding = Self.judged(removing: [2], target: ListingTests.items[1].reference)
        #expect(finding.verdict == .fail && finding.party == .b)
        #expect(finding.observed.hasSuffix("as it was asked"))
    }

    @Test func `Who deletes all cannot know that the list is wrong`() {
        // Two were taken, and the server shows three of them.
        var trace = TraceBuilder()
        trace.logIn(.b)
        trace.logOut(.b)
        trace.lines[0].step = "preamble"
        for text in ["Hello A", "Hello B"] { trace.pageDeferred(text) }
        trace.list(ListingTests.items, at: .b)
        trace.delete("sip:Deferred@parley.example", at: .b)
        trace.list([], at: .b)
        let finding = trace.judged(.removed(client: .b, store: .deferred, deletion: 1, places: [1, 2]))
        #expect(finding.verdict == .fail && finding.party == .server)
    }

    @Test func `A refusal fails who refuses, and without lists nothing is shown`() {
        #expect(Self.judged(answered: "403 Forbidden").party == .server)
        #expect(Self.judged(deletion: 2).verdict == .inconclusive)
        #expect(Self.judged([4]).verdict == .inconclusive)
        var trace = TraceBuilder()
        trace.list(ListingTests.items, at: .b)
        trace.delete(ListingTests.items[0].reference, at: .b)
        #expect(
            trace.judged(.removed(client: .b, store: .deferred, deletion: 1, places: [1])).verdict == .inconclusive)
    }
}

/// `retrieved`, and `received` from a store.
struct RetrievalTests {
    /// A pages texts to B, who is away, and B retrieves these.
    static func trace(_ texts: [String] = ["Hello 1", "Hello 2"], brought: [String]? = nil) -> TraceBuilder {
        var trace = TraceBuilder()
        for text in texts { trace.pageDeferred(text) }
        trace.logIn(.b)
        trace.retrieve((brought ?? texts).map { TraceBuilder.storedPage($0) }, from: "Deferred", at: .b)
        trace.logOut(.b)
        return trace
    }

    static func retrieved(
        _ trace: TraceBuilder = trace(), number: Int = 1, _ texts: [String] = ["Hello 1", "Hello 2"]
    ) -> Finding {
        trace.judged(.retrieved(client: .b, store: .deferred, retrieval: number, texts: texts))
    }

    static func received(
        _ text: String = "Hello 1", _ trace: TraceBuilder = trace(), from author: PartyName = .a, times: Count = .once
    ) -> Finding {
        trace.judged(
            .received(
                client: .b, content: .text(text), from: Condition.Author(author), mode: .deferred, times: times),
            kind: times == .never ? .negative : .criterion)
    }

    @Test func `A retrieval brings all deferred messages, in whatever order`() {
        #expect(Self.retrieved().verdict == .pass)
        #expect(Self.retrieved(Self.trace(brought: ["Hello 2", "Hello 1"])).verdict == .pass)
        #expect(Self.received().verdict == .pass)
        #expect(Self.received("Hello 2").verdict == .pass)
    }

    @Test func `One too many or too few fails the server`() {
        let few = Self.retrieved(Self.trace(brought: ["Hello 1"]))
        #expect(few.verdict == .fail && few.party == .server)
        #expect(few.observed == "it brought “Hello 1” and ended")
        let many = Self.retrieved(Self.trace(brought: ["Hello 1", "Hello 2", "Hello 1"]))
        #expect(many.verdict == .fail && many.party == .server)
        #expect(many.observed.hasSuffix("“Hello 1” is too much"))
        let missing = Self.received("Hello 2", Self.trace(brought: ["Hello 1"]))
        #expect(missing.verdict == .fail && missing.party == .server)
        #expect(missing.observed.hasSuffix("the delivery ended without it"))
        let twice = Self.received(trace: Self.trace(brought: ["Hello 1", "Hello 1"]))
        #expect(twice.verdict == .fail && twice.party == .server)
    }

    @Test func `Who hangs up while it comes has not taken it, and who hangs up after waiting may`() {
        func judged(after pause: Duration) -> Finding {
            var trace = Self.trace(brought: ["Hello 1"])
            trace.lines.removeSubrange(trace.index(of: "BYE server→B")...)
            trace.pause(pause)
            let tag = trace.message("200 INVITE server→B")["To"]?.split(separator: "tag=").last.map(String.init)
            let invite = SentRequest(
                text: trace.message("INVITE B→server"), sender: .b, receiver: .server, toTag: tag ?? "")
            let bye = trace.inDialog("BYE", of: invite, by: .b, target: "sip:Deferred@127.0.0.10:5060")
            trace.answer(trace.send(bye, from: .b, to: .server), 200)
            trace.logOut(.b)
            return Self.retrieved(trace)
        }
        let early = judged(after: .zero)
        #expect(early.verdict == .fail && early.party == .b)
        #expect(early.observed == "it brought “Hello 1” until B ended it")
        #expect(judged(after: .seconds(20)).verdict == .inconclusive)
    }

    @Test func `What belongs to a step that was never begun shows nothing`() {
        var trace = Self.trace(brought: ["Hello 1"])
        for index in trace.lines.indices { trace.lines[index].step = index == 0 ? "preamble" : "2" }
        let condition = Condition.retrieved(client: .b, store: .deferred, retrieval: 1, texts: ["Hello 1", "Hello 2"])
        #expect(trace.judged(condition, step: "2").verdict == .fail)
        #expect(trace.judged(condition, step: "3").verdict == .inconclusive)
        #expect(trace.judged(condition, step: nil).verdict == .fail)
    }

    private static func received(trace: TraceBuilder) -> Finding { received("Hello 1", trace) }

    @Test func `A retrieval that was refused, or never asked for`() {
        var trace = Self.trace()
        trace.cut(after: "INVITE B→server")
        #expect(Self.retrieved(trace).verdict == .inconclusive)
        #expect(Self.retrieved(number: 2).observed == "B asked for 1")
        trace.answer(
            SentRequest(text: trace.message("INVITE B→server"), sender: .b, receiver: .server, toTag: "x"), 488,
            "Not Acceptable Here")
        let refused = Self.retrieved(trace)
        #expect(refused.verdict == .fail && refused.party == .server)
        #expect(Self.received(trace: trace).verdict == .fail)
    }

    @Test func `A message in another name fails the server`() {
        var trace = TraceBuilder()
        trace.pageDeferred("Hello 1")
        trace.logIn(.b)
        trace.retrieve([TraceBuilder.storedPage("Hello 1", from: .c)], from: "Deferred", at: .b)
        trace.logOut(.b)
        let wrong = Self.received("Hello 1", trace)
        #expect(wrong.verdict == .fail && wrong.party == .server)
        #expect(wrong.observed.hasPrefix("it comes in the name of sip:carol@parley.example"))
    }

    @Test func `A message that nobody asked for shows nothing, unless it was to be pushed`() {
        var trace = TraceBuilder()
        trace.pageDeferred("Hello 1")
        trace.logIn(.b)
        trace.silence = .seconds(30)
        #expect(Self.received(trace: trace).verdict == .inconclusive)
        trace.change("PUBLISH B→server") { text in
            text.body = text.body.replacing(
                "offline-delivery active=\"false\"", with: "offline-delivery active=\"true\"")
        }
        let unpushed = Self.received(trace: trace)
        #expect(unpushed.verdict == .fail && unpushed.party == .server)
        #expect(unpushed.observed == "none; it was not delivered, although B wished so")
        trace.silence = .seconds(5)
        #expect(Self.received(trace: trace).verdict == .inconclusive)
    }

    @Test func `That nothing is delivered is decided when B leaves`() {
        var trace = TraceBuilder()
        trace.pageDeferred("Hello 1")
        trace.logIn(.b)
        #expect(Self.received("Hello 1", trace, times: .never).verdict == .inconclusive)
        trace.logOut(.b)
        #expect(Self.received("Hello 1", trace, times: .never).verdict == .pass)
        #expect(Self.received("Hello 1", times: .never).verdict == .fail)
    }

    @Test func `Recorded texts come in their order`() {
        func judged(_ texts: [String]) -> Finding {
            var trace = TraceBuilder()
            var conference = trace.convene(by: .a, inviting: [.b])
            trace.say("Message 3", by: .a, in: &conference)
            trace.say("Message 4", by: .b, in: &conference)
            for party in [PartyName.a, .b] { trace.end(party, of: &conference, by: party) }
            let bodies = texts.map { TraceBuilder.recordedText($0, from: $0 == "Message 3" ? .a : .b) }
            trace.retrieve(bodies, from: "History", at: .a)
            trace.logOut(.a)
            return trace.judged(
                .retrieved(client: .a, store: .history, retrieval: 1, texts: ["Message 3", "Message 4"]))
        }
        #expect(judged(["Message 3", "Message 4"]).verdict == .pass)
        #expect(judged(["Message 4", "Message 3"]).verdict == .fail)
        let stranger = judged(["Message 2", "Message 3", "Message 4"])
        #expect(stranger.verdict == .fail && stranger.observed.hasSuffix("“Message 2” is too much"))
    }

    @Test func `A recorded text is from who said it`() {
        var trace = TraceBuilder()
        var conference = trace.convene(by: .a, inviting: [.b])
        trace.say("Message 3", by: .b, in: &conference)
        for party in [PartyName.a, .b] { trace.end(party, of: &conference, by: party) }
        trace.retrieve([TraceBuilder.recordedText("Message 3", from: .b)], from: "History", at: .a)
        trace.logOut(.a)
        let finding = trace.judged(
            .received(
                client: .a, content: .text("Message 3"), from: Condition.Author(.b), mode: .history, times: .once))
        #expect(finding.verdict == .pass)
    }
}
