import Bytes
import MSRP
import Testing

/// RFC 4975 §7.1.1: what the sender does.
struct MSRPSessionSendingTests {
    @Test func `a message that fits is one chunk with its whole range`() throws {
        var ends = Ends()
        ends.connect()
        let effects = ends.alice.handle(.send(.text("Hello B", id: "message1")))
        let request = try #require(effects.messages.first)
        #expect(effects.messages.count == 1)
        #expect(request.method == "SEND")
        #expect(request.toPath == [Ends.bobURI.description])
        #expect(request.fromPath == [Ends.aliceURI.description])
        #expect(request.messageID == "message1")
        #expect(request.byteRange == ByteRange(start: 1, end: 7, total: 7))
        #expect(request.contentType == "text/plain")
        #expect(request.body == Array("Hello B".utf8))
        #expect(request.continuation == .complete)
        #expect(request.flaws() == [])
    }

    @Test func `a longer message is cut into chunks that share the Message-ID`() {
        var ends = Ends(aliceTerms: .init(chunkSize: 4))
        ends.connect()
        ends.alice(.send(.text("abcdefghij", id: "message1")))
        let chunks = ends.fromAlice.dropFirst()
        #expect(chunks.map(\.messageID) == ["message1", "message1", "message1"])
        #expect(chunks.map { $0.byteRange?.description } == ["1-4/10", "5-8/10", "9-10/10"])
        #expect(chunks.map(\.continuation) == [.more, .more, .complete])
        #expect(chunks.map { $0.body.map { String(decoding: $0, as: UTF8.self) } } == ["abcd", "efgh", "ij"])
        #expect(Set(chunks.map(\.transactionID)).count == 3)
    }

    @Test func `a message may have chunks of a size of its own`() {
        var ends = Ends(aliceTerms: .init(chunkSize: 4))
        ends.connect()
        var message = MSRPOutgoing.text("abcdefghij")
        message.chunkSize = 6
        ends.alice(.send(message))
        #expect(ends.fromAlice.dropFirst().map { $0.byteRange?.description } == ["1-6/10", "7-10/10"])
    }

    @Test func `a chunk of more than 2048 bytes is interruptible`() {
        var ends = Ends(aliceTerms: .init(chunkSize: 3000))
        ends.connect()
        ends.alice(.send(.text(String(repeating: "x", count: 5000))))
        #expect(ends.fromAlice.dropFirst().map { $0.byteRange?.description } == ["1-*/5000", "3001-5000/5000"])
        #expect(ends.fromAlice.flatMap { $0.flaws() } == [])
    }

    @Test func `reports and fields of the body are repeated in every chunk`() {
        var ends = Ends(aliceTerms: .init(chunkSize: 1))
        ends.connect()
        let message = MSRPOutgoing(
            contentType: "text/plain", body: Array("ab".utf8), successReport: true, failureReport: .partial,
            bodyFields: [MSRPField(.contentDisposition, "render")])
        ends.alice(.send(message))
        for chunk in ends.fromAlice.dropFirst() {
            #expect(chunk.successReport == true)
            #expect(chunk.failureReport == .partial)
            #expect(chunk.first(.contentDisposition) == "render")
            #expect(chunk.flaws() == [])
        }
    }

    @Test func `an empty message is one chunk without bytes`() {
        var ends = Ends()
        ends.connect()
        ends.alice(.send(.text("")))
        #expect(ends.fromAlice.last?.body == [])
        #expect(ends.fromAlice.last?.byteRange == ByteRange(start: 1, end: 0, total: 0))
        #expect(ends.atBob.delivered.map(\.body) == [[]])
    }

    @Test func `an end that opens the connection with nothing to send sends a SEND without body`() {
        var ends = Ends()
        ends.connect()
        #expect(ends.fromAlice.map(\.body) == [nil])
        #expect(ends.fromAlice.flatMap { $0.flaws() } == [])
        #expect(ends.fromBob.map(\.status) == [200])
        #expect(ends.atAlice.withoutTimers == [])
        #expect(ends.atBob.withoutTimers == [])
    }

    @Test func `an end that opens the connection with something to send sends that`() {
        var ends = Ends()
        ends.alice(.send(.text("Hello B")))
        #expect(ends.fromAlice.isEmpty)
        ends.connect()
        #expect(ends.fromAlice.map(\.body) == [Array("Hello B".utf8)])
    }

    @Test func `an end that waits sends nothing before the peer has`() {
        var ends = Ends()
        #expect(ends.bob.handle(.connected) == [])
        #expect(ends.bob.handle(.send(.text("Hello A", id: "message1"))) == [])
        ends.connect()
        #expect(ends.fromBob.map(\.status) == [200, nil])
        #expect(ends.atAlice.delivered.map(\.messageID) == ["message1"])
    }

    @Test func `messages that are under way together take turns`() {
        var ends = Ends(aliceTerms: .init(chunkSize: 1, window: 1))
        ends.connect()
        _ = ends.alice.handle(.send(.text("abc", id: "first")))
        ends.alice(.send(.text("xy", id: "second")))
        // The first chunk of `first` was not carried, so only `second` moves.
        #expect(ends.fromAlice.dropFirst().map(\.messageID) == ["second", "second"])
        #expect(ends.atBob.delivered.map(\.messageID) == ["second"])
    }

    @Test func `chunks of two long messages alternate`() {
        var ends = Ends(aliceTerms: .init(chunkSize: 1, window: 8))
        ends.alice(.send(.text("abc", id: "first")))
        ends.alice(.send(.text("xyz", id: "second")))
        ends.connect()
        #expect(ends.fromAlice.map(\.messageID) == ["first", "second", "first", "second", "first", "second"])
        #expect(ends.atBob.delivered.map(\.messageID) == ["first", "second"])
    }

    @Test func `no more chunks are unanswered than the window allows`() {
        var ends = Ends(aliceTerms: .init(chunkSize: 1, window: 3))
        ends.connect()
        let chunks = ends.alice.handle(.send(.text("abcdefgh"))).messages
        #expect(chunks.count == 3)
        let more = ends.alice.handle(.message(MSRPMessage(status: 200, to: chunks[1]))).messages
        #expect(more.map(\.body) == [Array("d".utf8)])
    }

    @Test func `a message without failure reports does not wait for responses`() {
        var ends = Ends(aliceTerms: .init(chunkSize: 1, window: 3))
        ends.connect()
        var message = MSRPOutgoing.text("abcdefgh")
        message.failureReport = .no
        let effects = ends.alice.handle(.send(message))
        #expect(effects.count == 8)
        #expect(effects.messages.count == 8)
    }

    @Test func `a transaction identifier never makes an end-line of the body`() throws {
        // The session with this seed would use this identifier for a body that does not hold it.
        var probe = Ends()
        probe.connect()
        let identifier = try #require(probe.alice.handle(.send(.text("x", id: "m"))).messages.first).transactionID

        for text in ["-------\(identifier)$", "a\r\n-------\(identifier)+\r\nb", "amid ---------\(identifier)#"] {
            var ends = Ends()
            ends.connect()
            let request = try #require(ends.alice.handle(.send(.text(text, id: "m"))).messages.first)
            #expect(request.transactionID != identifier)
            #expect(request.body == Array(text.utf8))
        }
    }

    @Test func `a message given up midway ends with a chunk that says so`() {
        var ends = Ends(aliceTerms: .init(chunkSize: 1, window: 2))
        ends.connect()
        let chunks = ends.alice.handle(.send(.text("abcdef", id: "message1"))).messages
        let effects = ends.alice.handle(.abort(messageID: "message1"))
        #expect(effects.messages.map(\.continuation) == [.aborted])
        #expect(effects.messages.map { $0.byteRange?.description } == ["3-2/6"])
        #expect(effects.messages.flatMap { $0.flaws() } == [])
        #expect(effects.filter(\.isTimer).count == 2)
        #expect(ends.alice.handle(.message(MSRPMessage(status: 200, to: chunks[0]))) == [])
    }

    @Test func `a message given up before its first chunk leaves no trace`() {
        var ends = Ends()
        ends.alice(.send(.text("abc", id: "message1")))
        ends.alice(.abort(messageID: "message1"))
        ends.connect()
        #expect(ends.fromAlice.map(\.body) == [nil])
    }

    @Test func `giving up what is sent, or unknown, does nothing`() {
        var ends = Ends()
        ends.connect()
        _ = ends.alice.handle(.send(.text("abc", id: "message1")))
        #expect(ends.alice.handle(.abort(messageID: "message1")) == [])
        #expect(ends.alice.handle(.abort(messageID: "message2")) == [])
    }

    @Test func `the path to a peer behind relays is given in its order, ours is this end alone`() {
        let relay = Ends.uri("msrp://relay.example.com:9000/r1;tcp")
        var alice = MSRPSession(
            localPath: [relay, Ends.aliceURI], remotePath: [relay, Ends.bobURI], role: .opens,
            generator: SeededGenerator(seed: 1))
        let request = alice.handle(.connected).messages.first
        #expect(request?.toPath == [relay.description, Ends.bobURI.description])
        #expect(request?.fromPath == [Ends.aliceURI.description])
    }
}
