import Conformance
import Dissection
import TestSupport
import Testing

/// What is wrong with a session description because of another one.
struct OfferAnswerTests {
    /// The flaws of the answer that B gives, after an alteration of its body.
    static func flaws(_ alter: (inout String) -> Void) -> [String] {
        var trace = TraceBuilder()
        _ = trace.establish(.backToBack)
        trace.change("200 INVITE B→server") { alter(&$0.body) }
        let answer = trace.dissection.messages.first { $0.isSuccess && $0.sender == .b }
        return answer?.flaws.map(\.rule) ?? []
    }

    @Test func `An answer that fits has no flaws`() {
        #expect(Self.flaws { _ in } == [])
    }

    @Test func `An answer has as many media lines as its offer`() {
        let rules = Self.flaws { $0 += "m=message 0 TCP/MSRP *\r\n" }
        #expect(rules == ["sdp.number of media lines"])
    }

    @Test func `An answer keeps the times of its offer`() {
        #expect(Self.flaws { $0 = $0.replacing("t=0 0", with: "t=1 2") } == ["sdp.timing"])
    }

    @Test(arguments: [("", ["sdp.timing"]), ("\r\na=file-transf", [])])
    func `An answer is not held against an offer that is cut off within a line`(end: String, rules: [String]) {
        var trace = TraceBuilder()
        _ = trace.establish(.backToBack)
        trace.change("INVITE server→B") { text in
            if !end.isEmpty { text.body = text.body.split(separator: "\r\n").joined(separator: "\r\n") + end }
        }
        trace.change("200 INVITE B→server") { $0.body = $0.body.replacing("t=0 0", with: "t=1 2") }
        let answer = trace.dissection.messages.first { $0.isSuccess && $0.sender == .b }
        #expect(answer?.flaws.map(\.rule) == rules)
    }

    @Test func `An answer may accept other types than it was offered, as RFC 4975 has it`() {
        #expect(Self.flaws { $0 = $0.replacing("text/plain", with: "image/png") } == [])
    }

    @Test func `An answer to an offer in the 2xx comes in the ACK`() {
        var trace = TraceBuilder()
        let chat = trace.establish(.recordRoute)
        trace.change("INVITE A→server") { text in
            text["Content-Type"] = nil
            text.body = ""
        }
        trace.omit("ACK A→server", "ACK server→B")
        trace.request("ACK", in: chat, from: .a)
        trace.change("ACK A→server") { text in
            text.add("Content-Type", "application/sdp")
            text.body = TraceBuilder.description(of: "msrp://127.0.0.11:2855/a;tcp", host: .a)
                .replacing("t=0 0", with: "t=1 2")
        }
        let ack = trace.dissection.messages(labelled: trace.message("ACK A→server").startLine.dropLast(8).description)
        #expect(ack.first?.flaws.map(\.rule) == ["sdp.timing"])
    }

    /// The flaws of the description in a re-INVITE of A, altered.
    static func flawsOfSecondOffer(_ alter: (inout String) -> Void) -> [String] {
        var trace = TraceBuilder()
        let chat = trace.establish(.recordRoute)
        trace.request("INVITE", in: chat, from: .a)
        var body = TraceBuilder.description(of: "msrp://127.0.0.11:2855/a;tcp", host: .a)
        alter(&body)
        trace.change("INVITE A→server 2") { text in
            text.add("Content-Type", "application/sdp")
            text.add("Contact", "<sip:alice@127.0.0.11:5060>")
            text.body = body
        }
        let second = trace.dissection.messages.last { $0.requestMethod == "INVITE" && $0.sender == .a }
        return second?.flaws.map(\.rule) ?? []
    }

    @Test func `The same description may come again`() {
        #expect(Self.flawsOfSecondOffer { _ in } == [])
    }

    @Test func `A changed description has the next version`() {
        #expect(Self.flawsOfSecondOffer { $0 = $0.replacing("text/plain", with: "*") } == ["sdp.version"])
        let next = Self.flawsOfSecondOffer { body in
            body = body.replacing("text/plain", with: "*").replacing("o=- 1 1", with: "o=- 1 2")
        }
        #expect(next == [])
        let skipped = Self.flawsOfSecondOffer { body in
            body = body.replacing("text/plain", with: "*").replacing("o=- 1 1", with: "o=- 1 5")
        }
        #expect(skipped == ["sdp.version"])
    }

    @Test func `A description keeps its origin`() {
        #expect(Self.flawsOfSecondOffer { $0 = $0.replacing("o=- 1 1", with: "o=- 9 2") } == ["sdp.version"])
    }

    @Test func `An INVITE that is sent again after a refusal begins anew`() {
        var trace = TraceBuilder()
        let first = trace.send(trace.composeInvite(from: .a, to: .b), from: .a, to: .server)
        trace.answer(first, 407, "Proxy Authentication Required", [("Proxy-Authenticate", "Digest realm=\"x\"")])
        var second = first.text
        second["CSeq"] = "2 INVITE"
        second["Via"] = trace.via(.a, trace.fresh())
        second.body = second.body.replacing("o=- 1 1", with: "o=- 7 7")
        trace.add(second, from: .a, to: .server)
        #expect(trace.dissection.messages.last?.flaws.map(\.rule) == [])
    }
}
