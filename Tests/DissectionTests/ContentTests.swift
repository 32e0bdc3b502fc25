import Conformance
import Dissection
import TestSupport
import Testing

/// Contents are put together from their chunks, in whatever order these come.
struct ContentTests {
    static func dissect(_ chunks: [MSRPText]) -> Dissection {
        var trace = TraceBuilder()
        for (number, chunk) in chunks.enumerated() {
            var chunk = chunk
            chunk.transactionID = "chunk\(number)"
            trace.add(chunk, from: .a, to: .server, openedBy: .a)
        }
        return trace.dissection
    }

    static func contents(_ chunks: [MSRPText]) -> [InstantMessage] { dissect(chunks).instantMessages }

    static let pieces = [
        chunk("He", range: "1-2/7", flag: "+"), chunk("llo", range: "3-5/7", flag: "+"), chunk(" B", range: "6-7/7"),
    ]

    @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
    func `Chunks make the same content in every order`(order: [Int]) throws {
        let contents = Self.contents(order.map { Self.pieces[$0] })
        try #require(contents.count == 1)
        #expect(contents[0].text == "Hello B")
        #expect(contents[0].isComplete)
        #expect(contents[0].parts == [1, 2, 3])
    }

    @Test(arguments: [[0, 2, 1], [2, 1, 0]])
    func `Also where no chunk says how long the whole is`(order: [Int]) {
        let pieces = [
            chunk("He", range: "1-2/*", flag: "+"), chunk("llo", range: "3-*/*", flag: "+"),
            chunk(" B", range: "6-7/*"),
        ]
        let contents = Self.contents(order.map { pieces[$0] })
        #expect(contents.map(\.text) == ["Hello B"])
        #expect(contents.map(\.isComplete) == [true])
    }

    @Test func `A content without its end, or with a hole, is incomplete`() {
        #expect(Self.contents(Array(Self.pieces[..<2])).map(\.isComplete) == [false])
        #expect(Self.contents([Self.pieces[0], Self.pieces[2]]).map(\.isComplete) == [false])
        #expect(Self.contents([Self.pieces[0], Self.pieces[2]]).map(\.text) == ["He"])
        #expect(Self.contents([Self.pieces[1], Self.pieces[2]]).map(\.text) == [""])
        #expect(Self.contents([chunk("Hello", range: "1-5/7")]).map(\.isComplete) == [false])
    }

    @Test func `A content that comes twice is two copies, although they have one Message-ID`() {
        let contents = Self.contents(Self.pieces + Self.pieces)
        #expect(contents.map(\.text) == ["Hello B", "Hello B"])
        #expect(contents.map(\.parts) == [[1, 2, 3], [4, 5, 6]])
    }

    @Test func `A chunk that comes twice within a content changes nothing`() {
        let contents = Self.contents([Self.pieces[0], Self.pieces[0], Self.pieces[1], Self.pieces[2]])
        #expect(contents.map(\.text) == ["Hello B"])
        #expect(contents.map(\.isComplete) == [true])
    }

    @Test func `Where chunks overlap the later one wins`() {
        let contents = Self.contents([
            chunk("Hexxo", range: "1-5/7", flag: "+"), chunk("llo", range: "3-5/7", flag: "+"), Self.pieces[2],
        ])
        #expect(contents.map(\.text) == ["Hello B"])
    }

    @Test func `An aborted content is incomplete, and its repetition is another one`() {
        let aborted = chunk("llo", range: "3-5/7", flag: "#")
        let contents = Self.contents([Self.pieces[0], aborted] + Self.pieces)
        #expect(contents.map(\.isAborted) == [true, false])
        #expect(contents.map(\.isComplete) == [false, true])
    }

    @Test func `Chunks of two contents may take turns`() {
        let others = [
            chunk("Good ", id: "other", range: "1-5/8", flag: "+"), chunk("bye", id: "other", range: "6-8/8"),
        ]
        let contents = Self.contents([Self.pieces[0], others[0], Self.pieces[1], others[1], Self.pieces[2]])
        #expect(contents.map(\.text) == ["Hello B", "Good bye"])
        #expect(contents.map(\.parts) == [[1, 3, 5], [2, 4]])
    }

    @Test func `A SEND without a body is no content`() {
        var bare = chunk("")
        bare.body = nil
        bare["Content-Type"] = nil
        #expect(Self.contents([bare]).isEmpty)
    }

    @Test func `An empty body is a content`() {
        #expect(Self.contents([chunk("", range: "1-0/0")]).map(\.isComplete) == [true])
    }

    @Test func `A chunk that claims to begin far away needs no memory`() {
        #expect(Self.contents([chunk("x", range: "4611686018427387904-*/*")]).map(\.isComplete) == [false])
    }

    static let cpim = """
        From: <sip:alice@parley.example>\r
        To: <sip:bob@parley.example>\r
        \r
        Content-Type: text/plain\r
        \r
        Hello B
        """

    @Test func `The wrapper of message-cpim is taken off, and says from whom the content is`() throws {
        let contents = Self.contents([chunk(Self.cpim, type: "message/cpim")])
        let content = try #require(contents.first)
        #expect(content.text == "Hello B")
        #expect(content.contentType == "text/plain")
        #expect(content.identity == "sip:alice@parley.example")
    }

    @Test func `A wrapper in chunks is taken off when it is whole`() {
        let (head, tail) = (String(Self.cpim.prefix(30)), String(Self.cpim.dropFirst(30)))
        let (start, total) = (head.utf8.count + 1, Self.cpim.utf8.count)
        let dissection = Self.dissect([
            chunk(head, range: "1-\(start - 1)/\(total)", flag: "+", type: "message/cpim"),
            chunk(tail, range: "\(start)-\(total)/\(total)", type: "message/cpim"),
        ])
        #expect(dissection.instantMessages.map(\.text) == ["Hello B"])
        #expect(dissection.messages.allSatisfy { $0.flaws.isEmpty })
    }

    @Test func `A broken wrapper is a flaw of the message that completes it`() {
        let broken = Self.cpim.replacing("Content-Type: text/plain\r\n\r\n", with: "")
        let dissection = Self.dissect([chunk(broken, type: "message/cpim")])
        #expect(dissection.messages[0].flaws.map(\.rule) == ["body.message/cpim"])
        #expect(dissection.messages[0].flaws.map(\.clause) == ["RFC 3862 §2"])
    }

    @Test func `A MESSAGE is a content of its own, its repetitions are not`() {
        var trace = TraceBuilder()
        trace.page("Hello 1")
        trace.repeat("MESSAGE A→server")
        let contents = trace.dissection.instantMessages
        #expect(contents.map(\.text) == ["Hello 1", "Hello 1"])
        #expect(contents.map(\.sender) == [.a, .server])
        #expect(contents.map(\.mode) == [.pager, .pager])
        #expect(contents.map(\.responses.count) == [1, 1])
    }
}
