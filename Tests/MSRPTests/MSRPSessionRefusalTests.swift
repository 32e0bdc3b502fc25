import Bytes
import MSRP
import Testing

/// RFC 4975 §7.3 and §10: what is refused, and with what.
struct MSRPSessionRefusalTests {
    private func status(_ request: MSRPMessage, _ terms: MSRPSession.Terms = .init()) -> [Int?] {
        var ends = Ends(bobTerms: terms)
        ends.connect()
        let effects = ends.bob.handle(.message(request))
        #expect(effects.delivered == [])
        return effects.messages.map(\.status)
    }

    private func changed(_ change: (inout MSRPMessage) -> Void) -> MSRPMessage {
        var request = send()
        change(&request)
        return request
    }

    @Test func `400: no From-Path, no Message-ID, no Content-Type, or a Byte-Range that cannot be`() {
        #expect(status(changed { $0.remove(.fromPath) }) == [400])
        #expect(status(changed { $0.remove(.messageID) }) == [400])
        #expect(status(changed { $0.remove(.contentType) }) == [400])
        #expect(status(changed { $0.set(.byteRange, "two bytes") }) == [400])
        #expect(status(changed { $0.set(.byteRange, "0-1/2") }) == [400])
        #expect(status(changed { $0.set(.byteRange, "1-2/1") }) == [400])
        #expect(status(changed { $0.set(.byteRange, "1-2/3") }) == [400])
    }

    @Test func `400: a chunk that contradicts the length that was announced, and the message goes on`() {
        var ends = Ends()
        ends.connect()
        _ = ends.bob.handle(.message(send("ab", range: "1-2/4", .more)))
        #expect(ends.bob.handle(.message(send("cd", range: "3-4/5", .more))).messages.map(\.status) == [400])
        #expect(ends.bob.handle(.message(send("cde", range: "3-*/*", .more))).messages.map(\.status) == [400])
        #expect(ends.bob.handle(.message(send("cd", range: "3-4/4"))).delivered.count == 1)
    }

    @Test func `413: a message longer than what may be held`() {
        #expect(status(send("abcdef"), .init(maximumSize: 5)) == [413])
        #expect(status(send("abc", range: "1-3/6", .more), .init(maximumSize: 5)) == [413])
        #expect(status(send("abc", range: "1-*/*", .more), .init(maximumSize: 2)) == [413])
        #expect(status(send("a", range: "4611686018427387904-*/*", .more), .init(maximumSize: 5)) == [413])
    }

    @Test func `413: all incomplete messages together are longer than what may be held`() {
        var ends = Ends(bobTerms: .init(maximumSize: 5))
        ends.connect()
        let begun = send("abc", id: "first", range: "1-3/4", .more)
        #expect(ends.bob.handle(.message(begun)).messages.map(\.status) == [200])
        #expect(ends.bob.handle(.message(send("abc", id: "second"))).messages.map(\.status) == [413])
        #expect(ends.bob.handle(.message(send("d", id: "first", range: "4-4/4"))).delivered.count == 1)
        #expect(ends.bob.handle(.message(send("abc", id: "second"))).delivered.count == 1)
    }

    @Test func `413: more than 1000 messages are incomplete`() {
        var ends = Ends()
        ends.connect()
        for number in 0..<1000 { _ = ends.bob.handle(.message(send("", id: "number\(number)", range: "1-*/*", .more))) }
        #expect(ends.bob.handle(.message(send("Hi"))).messages.map(\.status) == [413])
        let more = send("Hi", id: "number7", range: "1-2/2")
        #expect(ends.bob.handle(.message(more)).delivered.count == 1)
        #expect(ends.bob.handle(.message(send("Hi"))).delivered.count == 1)
    }

    @Test func `a refused chunk of a new message leaves nothing behind`() {
        var ends = Ends()
        ends.connect()
        for number in 0..<1000 { _ = ends.bob.handle(.message(send("Hi", id: "number\(number)", range: "1-2/9"))) }
        #expect(ends.bob.handle(.message(send("Hi"))).delivered.count == 1)
    }

    @Test(
        arguments: [
            (["text/plain"], "text/plain", true), (["text/plain"], "TEXT/Plain; charset=utf-8", true),
            (["text/plain"], "text/plainer", false), (["text/*"], "text/html", true), (["text/*"], "textual/x", false),
            (["*"], "image/png", true), (["message/cpim", "image/*"], "image/png", true), ([], "text/plain", false),
        ] as [([String], String, Bool)])
    func `415: a type that is not accepted`(_ accepted: [String], _ type: String, _ isAccepted: Bool) {
        var ends = Ends(bobTerms: .init(acceptedTypes: accepted))
        ends.connect()
        let effects = ends.bob.handle(.message(changed { $0.set(.contentType, type) }))
        #expect(effects.messages.map(\.status) == [isAccepted ? 200 : 415])
    }

    @Test func `481: a To-Path that is not ours alone`() {
        let other = "msrp://bob.example.org:8888/other;tcp"
        #expect(status(changed { $0.toPath = [other] }) == [481])
        #expect(status(changed { $0.toPath = ["nonsense"] }) == [481])
        #expect(status(changed { $0.toPath = [Ends.bobURI.description, other] }) == [481])
    }

    @Test func `481: a From-Path that is not the peer's`() {
        #expect(status(changed { $0.fromPath = ["msrp://mallory.example.com:7777/iau39;tcp"] }) == [481])
        #expect(
            status(changed { $0.fromPath = [Ends.aliceURI.description, "msrp://m.example.com/x;tcp"] }) == [481])
    }

    @Test func `addresses are compared as RFC 4975 §6.1 says`() {
        var ends = Ends()
        ends.connect()
        let request = changed { request in
            request.toPath = ["MSRP://BOB.example.org:8888/9di4ea;TCP"]
            request.fromPath = ["msrp://alice@alice.EXAMPLE.com:7777/iau39;tcp"]
        }
        #expect(ends.bob.handle(.message(request)).delivered.count == 1)
    }

    @Test func `a request that is refused does not make the session known`() {
        var ends = Ends()
        _ = ends.bob.handle(.send(.text("Hello A")))
        let effects = ends.bob.handle(.message(changed { $0.toPath = ["msrp://bob.example.org:8888/other;tcp"] }))
        #expect(effects.messages.map(\.status) == [481])
        #expect(ends.bob.handle(.message(send())).messages.map(\.method) == [nil, "SEND"])
    }

    @Test func `501: a method that is unknown`() {
        #expect(status(changed { $0.startLine = .request(method: "AUTH") }) == [501])
        #expect(status(changed { $0.startLine = .request(method: "NICKNAME") }) == [501])
    }

    @Test func `nothing is ever said to a REPORT, however wrong`() {
        #expect(status(changed { $0.startLine = .request(method: "REPORT") }) == [])
        let wrong = changed { request in
            request.startLine = .request(method: "REPORT")
            request.toPath = ["msrp://bob.example.org:8888/other;tcp"]
        }
        #expect(status(wrong) == [])
    }
}
