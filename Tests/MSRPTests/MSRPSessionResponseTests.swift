import MSRP
import Testing

/// RFC 4975 §7.1.1 and §7.1.2: what the sender hears.
struct MSRPSessionResponseTests {
    @Test func `a message is answered when the 200 for its last outstanding chunk has come`() {
        var ends = Ends(aliceTerms: .init(chunkSize: 1))
        ends.connect()
        let chunks = ends.alice.handle(.send(.text("abc", id: "message1"))).messages
        func ok(_ chunk: Int) -> MSRPSession.Event { .message(MSRPMessage(status: 200, to: chunks[chunk])) }
        #expect(ends.alice.handle(ok(2)).withoutTimers == [])
        #expect(ends.alice.handle(ok(0)).withoutTimers == [])
        #expect(ends.alice.handle(ok(1)).withoutTimers == [.answered(messageID: "message1", status: 200)])
    }

    @Test func `every chunk has its own timer of 30 s, and its response stops it`() {
        var ends = Ends()
        ends.connect()
        let effects = ends.alice.handle(.send(.text("abc")))
        let request = effects.messages[0]
        let timer = MSRPSession.Timer.response(request.transactionID)
        #expect(effects.filter(\.isTimer) == [.arm(timer, after: .seconds(30))])
        let response = MSRPMessage(status: 200, to: request)
        #expect(ends.alice.handle(.message(response)).filter(\.isTimer) == [.cancel(timer)])
    }

    @Test func `a response that does not come counts as 408`() {
        var ends = Ends(aliceTerms: .init(chunkSize: 1))
        ends.connect()
        let chunks = ends.alice.handle(.send(.text("ab", id: "message1"))).messages
        let effects = ends.alice.handle(.timer(.response(chunks[0].transactionID)))
        #expect(effects == [.cancel(.response(chunks[1].transactionID)), .timedOut(messageID: "message1")])
        #expect(ends.alice.handle(.timer(.response(chunks[1].transactionID))) == [])
    }

    @Test(arguments: [400, 403, 408, 413, 415, 423, 481, 501, 506])
    func `the first response that is not 200 ends the message`(_ status: Int) {
        var ends = Ends(aliceTerms: .init(chunkSize: 1, window: 2))
        ends.connect()
        let chunks = ends.alice.handle(.send(.text("abcd", id: "message1"))).messages
        let effects = ends.alice.handle(.message(MSRPMessage(status: status, to: chunks[0])))
        #expect(effects.withoutTimers == [.answered(messageID: "message1", status: status)])
        #expect(effects.filter(\.isTimer).count == 2)
        #expect(ends.alice.handle(.message(MSRPMessage(status: 400, to: chunks[1]))) == [])
    }

    @Test func `a message with partial failure reports has no timers and hears of errors alone`() {
        var ends = Ends()
        ends.connect()
        var message = MSRPOutgoing.text("abc", id: "message1")
        message.failureReport = .partial
        let effects = ends.alice.handle(.send(message))
        #expect(effects.filter(\.isTimer) == [])
        #expect(
            ends.alice.handle(.message(MSRPMessage(status: 413, to: effects.messages[0])))
                == [.answered(messageID: "message1", status: 413)])
    }

    @Test func `a response to nothing is ignored`() {
        var ends = Ends()
        ends.connect()
        #expect(ends.alice.handle(.message(MSRPMessage(status: 200, to: send()))) == [])
    }

    @Test func `a second response to the same chunk is ignored`() {
        var ends = Ends()
        ends.connect()
        let request = ends.alice.handle(.send(.text("abc"))).messages[0]
        _ = ends.alice.handle(.message(MSRPMessage(status: 200, to: request)))
        #expect(ends.alice.handle(.message(MSRPMessage(status: 400, to: request))) == [])
    }

    @Test func `a report is told and never answered`() {
        var ends = Ends()
        ends.connect()
        var message = MSRPOutgoing.text("abc", id: "message1")
        message.successReport = true
        ends.alice(.send(message))
        let range = ByteRange(start: 1, end: 3, total: 3)
        #expect(ends.atAlice.contains(.reported(messageID: "message1", status: 200, range: range)))
        #expect(ends.fromBob.map(\.method) == [nil, nil, "REPORT"])
        #expect(ends.fromBob.flatMap { $0.flaws() } == [])
        #expect(ends.fromAlice.allSatisfy { $0.method == "SEND" })
    }

    @Test func `a report addressed to another end, or without Status, is ignored`() {
        var ends = Ends()
        ends.connect()
        var report = send(nil)
        report.startLine = .request(method: "REPORT")
        #expect(ends.bob.handle(.message(report)) == [])
        report.set(.status, "000 200 OK")
        #expect(
            ends.bob.handle(.message(report)) == [
                .reported(messageID: "12339sdqwer", status: 200, range: ByteRange(start: 1, end: 0, total: 0))
            ])
        report.toPath = ["msrp://bob.example.org:8888/other;tcp"]
        #expect(ends.bob.handle(.message(report)) == [])
    }

    @Test func `what a report carries besides its status is told`() {
        var ends = Ends()
        ends.connect()
        var report = send("<final/>")
        report.startLine = .request(method: "REPORT")
        let content = MSRPIncoming(
            messageID: "12339sdqwer", contentType: "text/plain", body: Array("<final/>".utf8))
        #expect(ends.bob.handle(.message(report)) == [.enclosed(content)])
    }

    @Test func `messages that were not acknowledged are lost with the connection`() {
        var ends = Ends()
        ends.connect()
        let request = ends.alice.handle(.send(.text("abc", id: "message1"))).messages[0]
        #expect(
            ends.alice.handle(.closed)
                == [.cancel(.response(request.transactionID)), .lost(messageID: "message1")])
        #expect(ends.alice.handle(.send(.text("abc"))) == [])
    }

    @Test func `an ended session closes, and does nothing more`() {
        var ends = Ends()
        ends.connect()
        let request = ends.alice.handle(.send(.text("abc", id: "message1"))).messages[0]
        #expect(ends.alice.handle(.end) == [.cancel(.response(request.transactionID)), .close])
        for event: MSRPSession.Event in [
            .connected, .received(send().serialized()), .message(send()), .closed, .timer(.response("x")),
            .send(.text("x")), .abort(messageID: "message1"), .end,
        ] { #expect(ends.alice.handle(event) == []) }
    }
}
