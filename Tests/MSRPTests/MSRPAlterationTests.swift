import Bytes
import MSRP
import Testing

/// A session that is wrong on purpose.
struct MSRPAlterationTests {
    /// What Alice writes for a message when it is altered so.
    private func written(_ changes: MSRPAlteration.Change...) -> [MSRPMessage] {
        var ends = Ends()
        ends.connect()
        var message = MSRPOutgoing.text("Hi", id: "message1")
        message.alterations = changes.map { .alter("SEND", $0) }
        return ends.alice.handle(.send(message)).messages
    }

    @Test func `a field is set`() {
        #expect(written(.set(.fromPath, "msrp://m.example.com/x;tcp"))[0].fromPath == ["msrp://m.example.com/x;tcp"])
    }

    @Test func `a field is omitted`() {
        #expect(written(.omit(.messageID))[0].flaws().map(\.rule) == [.messageIDMissing])
    }

    @Test func `a Byte-Range is moved`() {
        #expect(written(.shiftByteRange(1))[0].byteRange?.description == "2-3/2")
        #expect(written(.shiftByteRange(-5))[0].byteRange?.description == "0-0/2")
    }

    @Test func `a message claims another length`() {
        #expect(written(.stretchTotal(1))[0].byteRange?.description == "1-2/3")
        #expect(written(.stretchTotal(-5))[0].byteRange?.description == "1-2/0")
    }

    @Test func `a body is replaced or removed`() {
        #expect(written(.body([1, 2, 3]))[0].body == [1, 2, 3])
        #expect(written(.body(nil))[0].body == nil)
    }

    @Test func `the flag of the end-line is replaced`() {
        #expect(written(.continuation(.more))[0].continuation == .more)
    }

    @Test func `a message is repeated or kept back`() {
        #expect(written(.repeat(3)).count == 3)
        #expect(written(.repeat(0)) == [])
        #expect(written(.repeat(-1)) == [])
    }

    @Test func `other bytes are sent instead`() {
        var ends = Ends(aliceAlterations: [.alter("SEND", .raw([1, 2, 3]))])
        #expect(ends.alice.handle(.connected) == [.write([1, 2, 3])])
    }

    @Test func `alterations apply in their order, those of the message last`() {
        var ends = Ends(aliceAlterations: [.alter("SEND", .set(.status, "first"))])
        ends.connect()
        var message = MSRPOutgoing.text("Hi")
        message.alterations = [.alter("SEND", .set(.status, "second"))]
        #expect(ends.alice.handle(.send(message)).messages[0].first(.status) == "second")
    }

    @Test func `a response is altered by its status code, and no other`() {
        var ends = Ends(bobAlterations: [.alter("200", .repeat(0))])
        ends.connect()
        #expect(ends.fromBob == [])
        ends.alice(.send(.text("Hi", id: "message1")))
        #expect(ends.atBob.delivered.map(\.messageID) == ["message1"])
        #expect(ends.fromBob == [])

        var strange = send()
        strange.startLine = .request(method: "AUTH")
        #expect(ends.bob.handle(.message(strange)).messages.map(\.status) == [501])
    }

    @Test func `reports are altered by their method`() {
        var ends = Ends(bobAlterations: [.alter("REPORT", .set(.status, "000 403 Forbidden"))])
        ends.connect()
        var message = MSRPOutgoing.text("Hi", id: "message1")
        message.successReport = true
        ends.alice(.send(message))
        #expect(
            ends.atAlice.last
                == .reported(messageID: "message1", status: 403, range: ByteRange(start: 1, end: 2, total: 2)))
    }

    @Test func `reports are answered, which they must not be`() {
        var ends = Ends(aliceAlterations: [.answerReports])
        ends.connect()
        var message = MSRPOutgoing.text("Hi", id: "message1")
        message.successReport = true
        ends.alice(.send(message))
        #expect(ends.fromAlice.map(\.status) == [nil, nil, 200])
    }
}
