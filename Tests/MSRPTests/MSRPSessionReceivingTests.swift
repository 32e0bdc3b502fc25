import Bytes
import MSRP
import Testing

/// RFC 4975 §7.2 and §7.3: what the receiver does.
struct MSRPSessionReceivingTests {
    private func bob(_ terms: MSRPSession.Terms = .init()) -> MSRPSession {
        var ends = Ends(bobTerms: terms)
        ends.connect()
        return ends.bob
    }

    @Test func `a complete message is answered 200 and delivered`() {
        var bob = bob()
        let request = send("Hello B", fields: [MSRPField(.contentDisposition, "render")])
        let effects = bob.handle(.received(request.serialized()))
        #expect(effects.messages == [MSRPMessage(status: 200, to: request)])
        #expect(
            effects.delivered == [
                MSRPIncoming(
                    messageID: "12339sdqwer", contentType: "text/plain", body: Array("Hello B".utf8),
                    bodyFields: [MSRPField(.contentDisposition, "render")])
            ])
    }

    @Test(
        arguments: [
            ("yes", "text/plain", [200]), ("no", "text/plain", []), ("partial", "text/plain", []),
            ("yes", "image/png", [415]), ("no", "image/png", []), ("partial", "image/png", [415]),
        ] as [(String, String, [Int])])
    func `a response is sent as Failure-Report asks`(_ report: String, _ type: String, _ expected: [Int]) {
        var bob = bob(.init(acceptedTypes: ["text/plain"]))
        var request = send("Hi", fields: [MSRPField(.failureReport, report)])
        request.set(.contentType, type)
        #expect(bob.handle(.message(request)).messages.map(\.status) == expected)
    }

    @Test func `a success report follows when all bytes have arrived, back along the path`() throws {
        var bob = bob()
        let wanted = [MSRPField(.successReport, "yes")]
        var first = send("abcd", range: "1-4/8", .more, fields: wanted)
        first.fromPath = ["msrp://relay.example.com:9000/r1;tcp", Ends.aliceURI.description]
        #expect(bob.handle(.message(first)).messages.map(\.status) == [200])
        var last = send("efgh", range: "5-8/8", .complete, transactionID: "d93kswox", fields: wanted)
        last.fromPath = first.fromPath
        let effects = bob.handle(.message(last))
        #expect(effects.messages.map(\.status) == [200, nil])
        let report = try #require(effects.messages.last)
        #expect(report.method == "REPORT")
        #expect(report.toPath == first.fromPath)
        #expect(report.fromPath == [Ends.bobURI.description])
        #expect(report.byteRange?.description == "1-8/8")
        #expect(report.first(.status) == "000 200 OK")
        #expect(report.flaws() == [])
    }

    @Test func `a success report does not depend on Failure-Report`() {
        var bob = bob()
        let fields = [MSRPField(.successReport, "yes"), MSRPField(.failureReport, "no")]
        #expect(bob.handle(.message(send("Hi", fields: fields))).messages.map(\.method) == ["REPORT"])
    }

    @Test func `chunks of one message may come in any order`() {
        var bob = bob()
        let chunks = [
            send("gh", range: "7-8/8", .complete), send("abc", range: "1-3/8", .more),
            send("def", range: "4-6/8", .more),
        ]
        #expect(bob.handle(.message(chunks[0])).delivered == [])
        #expect(bob.handle(.message(chunks[1])).delivered == [])
        #expect(bob.handle(.message(chunks[2])).delivered.map(\.body) == [Array("abcdefgh".utf8)])
    }

    @Test func `the chunk that came last wins where chunks overlap`() {
        var bob = bob()
        _ = bob.handle(.message(send("abcd", range: "1-4/6", .more)))
        _ = bob.handle(.message(send("XY", range: "2-3/6", .more)))
        let effects = bob.handle(.message(send("Zef", range: "4-6/6", .complete)))
        #expect(effects.delivered.map(\.body) == [Array("aXYZef".utf8)])
    }

    @Test func `a chunk that comes twice counts once`() {
        var bob = bob()
        _ = bob.handle(.message(send("ab", range: "1-2/4", .more)))
        #expect(bob.handle(.message(send("ab", range: "1-2/4", .more))).delivered == [])
        #expect(bob.handle(.message(send("cd", range: "3-4/4", .complete))).delivered.count == 1)
    }

    @Test func `chunks of two messages may alternate`() {
        var bob = bob()
        _ = bob.handle(.message(send("ab", id: "first", range: "1-2/4", .more)))
        _ = bob.handle(.message(send("xy", id: "second", range: "1-2/4", .more)))
        #expect(
            bob.handle(.message(send("cd", id: "first", range: "3-4/4"))).delivered.map(\.body) == [Array("abcd".utf8)])
        #expect(
            bob.handle(.message(send("zz", id: "second", range: "3-4/4"))).delivered.map(\.body)
                == [Array("xyzz".utf8)])
    }

    @Test func `a chunk that was interrupted is followed by the rest`() {
        var bob = bob()
        _ = bob.handle(.message(send("abc", range: "1-*/8", .more)))
        #expect(
            bob.handle(.message(send("defgh", range: "4-8/8"))).delivered.map(\.body) == [Array("abcdefgh".utf8)])
    }

    @Test func `the last chunk tells the length when no range does`() {
        var bob = bob()
        _ = bob.handle(.message(send("abc", range: "1-*/*", .more)))
        #expect(
            bob.handle(.message(send("de", range: "4-*/*"))).delivered.map(\.body) == [Array("abcde".utf8)])
    }

    @Test func `all bytes without the flag of the last chunk are not yet a message`() {
        var bob = bob()
        #expect(bob.handle(.message(send("abc", range: "1-3/3", .more))).delivered == [])
        #expect(bob.handle(.message(send("", range: "4-3/3", .complete))).delivered.map(\.body) == [Array("abc".utf8)])
    }

    @Test func `a message without Byte-Range begins at its first byte`() {
        var bob = bob()
        var request = send("Hi")
        request.remove(.byteRange)
        #expect(bob.handle(.message(request)).delivered.count == 1)
    }

    @Test func `a message that the peer gives up is forgotten`() {
        var bob = bob()
        _ = bob.handle(.message(send("abc", range: "1-3/6", .more)))
        let effects = bob.handle(.message(send("d", range: "4-*/6", .aborted)))
        #expect(effects.messages.map(\.status) == [200])
        #expect(effects.withoutTimers.last == .aborted(messageID: "12339sdqwer"))
        #expect(bob.handle(.message(send("def", range: "4-6/6"))).delivered == [])
    }

    @Test func `what is left of a message that is no longer wanted is answered 413`() {
        var bob = bob()
        _ = bob.handle(.message(send("abc", range: "1-3/6", .more)))
        #expect(bob.handle(.stopArrivals) == [])
        let rest = bob.handle(.message(send("def", range: "4-6/6")))
        #expect(rest.messages.map(\.status) == [413])
        #expect(rest.delivered == [])
    }

    @Test func `a SEND without body is answered and never surfaces`() {
        var bob = bob()
        #expect(bob.handle(.message(send(nil))) == [.write(MSRPMessage(status: 200, to: send(nil)).serialized())])
    }

    @Test func `bytes that are no message are rejected with the rule they break`() {
        var bob = bob()
        let garbage = Array("MSRP d93kswow 20\r\n-------d93kswow$\r\n".utf8)
        let effects = bob.handle(.received(garbage + send().serialized()))
        #expect(effects.first == .rejected(garbage, reason: MSRPSyntaxError(.statusCode, at: 14)))
        #expect(effects.delivered.count == 1)
    }

    @Test func `the session closes when the stream can no longer be cut into messages`() {
        var bob = bob()
        let garbage = Array("SIP/2.0 200 OK".utf8)
        #expect(
            bob.handle(.received(garbage)) == [.rejected(garbage, reason: MSRPSyntaxError(.start, at: 0)), .close])
    }
}
