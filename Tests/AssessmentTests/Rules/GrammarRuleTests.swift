import Assessment
import Conformance
import TestSupport
import Testing

/// Rules about one message at a time: that it can be read, and that it has no flaws.
struct GrammarRuleTests {
    @Test(arguments: ["readable", "sip.flawless", "sdp.flawless", "msrp.flawless", "body.flawless"])
    func `A correct run keeps the rule`(id: String) {
        let findings = TraceBuilder.case101().judged(byRule: id)
        #expect(findings.map(\.verdict) == [.pass])
        #expect(findings[0].observed.hasPrefix("it holds on all"))
    }

    @Test func `A message that cannot be read fails its sender, with the rule that it breaks`() {
        var trace = TraceBuilder.case101()
        trace.insert(after: "200 PUBLISH server→B") { trace in
            trace.add(datagram: Array("INVITE sip:bob\r\n\r\n".utf8), from: .server, to: .b)
        }
        let findings = trace.judged(byRule: "readable")
        #expect(findings.map(\.party) == [.server])
        #expect(findings[0].expected == "a SIP message")
        #expect(findings[0].observed == "message #9 cannot be read: SIP-Version at byte 7")
    }

    @Test func `A body that has its own end-line in it leaves a rest that cannot be read, by the fault of its sender`()
    {
        var trace = SessionRuleTests.open()
        let message = """
            MSRP d93k SEND
            To-Path: msrp://127.0.0.10:2855/s1;tcp
            From-Path: msrp://127.0.0.11:2855/a1;tcp
            Message-ID: m9
            Byte-Range: 1-*/32
            Content-Type: text/plain

            Hello
            -------d93k$
            World
            -------d93k$

            """
        trace.add(raw: Array(message.replacing("\n", with: "\r\n").utf8), from: .a, to: .server, openedBy: .a)
        let findings = trace.judged(byRule: "readable")
        #expect(findings.map(\.party) == [.a])
        #expect(findings[0].expected == "an MSRP message")
        #expect(findings[0].requirements.contains(RequirementID("RFC4975-7.1-end-line")))
    }

    @Test func `Bytes that end early, follow a gap, or are of another protocol fail nobody`() {
        var trace = SessionRuleTests.open()
        trace.gap(9, from: .a, to: .server, openedBy: .a)
        trace.add(raw: Array("of a message\r\n".utf8), from: .a, to: .server, openedBy: .a)
        trace.add(raw: Array("MSRP half".utf8), from: .server, to: .a, openedBy: .a)
        #expect(trace.judged(byRule: "readable").map(\.verdict) == [.pass])
    }

    @Test func `A flaw of a SIP message fails its sender, and names the clause and the requirement`() {
        var trace = TraceBuilder.case101()
        trace.change("MESSAGE A→server".replacing("MESSAGE", with: "INVITE")) { $0["Max-Forwards"] = nil }
        let findings = trace.judged(byRule: "sip.flawless")
        #expect(findings.map(\.party) == [.a])
        #expect(findings[0].expected == "sip.field.missing (RFC 3261 §8.1.1)")
        #expect(findings[0].observed == "The INVITE has no Max-Forwards (message #9, Max-Forwards, byte 500)")
        #expect(findings[0].requirements == [RequirementID("RFC3261-8.1.1-mandatory-fields")])
    }

    @Test func `What the server only passes on is the fault of the client that wrote it`() {
        var trace = TraceBuilder.case101(.recordRoute)
        for label in ["INVITE A→server", "INVITE server→B"] { trace.change(label) { $0["To"] = "nonsense" } }
        let findings = trace.judged(byRule: "sip.flawless")
        #expect(findings.map(\.party) == [.a])
    }

    @Test func `A response is not to blame for what it copies from its request`() {
        var trace = TraceBuilder.case101()
        let label = "INVITE server→B"
        trace.change(label) { $0["To"] = "<sip:127.0.0.12:5060>" }
        for status in ["180", "200"] {
            trace.change("\(status) INVITE B→server") { $0["To"] = "<sip:127.0.0.12:5060>;tag=b" }
        }
        #expect(trace.judged(byRule: "sip.flawless").map(\.party) == [.server])
        // What is not copied is its own.
        trace.change(label) { $0["To"] = "<sip:bob@parley.example>" }
        #expect(trace.judged(byRule: "sip.flawless").map(\.party) == [.b])
    }

    @Test func `A repetition is not judged again`() {
        var trace = TraceBuilder.case101()
        trace.change("INVITE A→server") { $0["Max-Forwards"] = nil }
        trace.repeat("INVITE A→server")
        #expect(trace.judged(byRule: "sip.flawless").map(\.numbers) == [[9]])
    }

    @Test func `Flaws of one kind are one finding, with their number`() {
        var trace = TraceBuilder.case101()
        for label in ["INVITE A→server", "BYE A→server"] { trace.change(label) { $0["Max-Forwards"] = nil } }
        let findings = trace.judged(byRule: "sip.flawless")
        #expect(findings.count == 1)
        #expect(findings[0].observed.hasSuffix("(and 1 more)"))
        #expect(findings[0].numbers.count == 2)
    }

    @Test func `The flaws of several parties are several findings`() {
        var trace = TraceBuilder.case101()
        for label in ["INVITE A→server", "BYE server→B"] { trace.change(label) { $0["Max-Forwards"] = nil } }
        #expect(trace.judged(byRule: "sip.flawless").map(\.party) == [.a, .server])
    }

    @Test func `A flaw of a session description fails its sender`() {
        var trace = TraceBuilder.case101()
        trace.change("200 INVITE B→server") { $0.body = $0.body.replacing("t=0 0", with: "t=now") }
        let findings = trace.judged(byRule: "sdp.flawless")
        #expect(findings.map(\.party) == [.b, .b])
        #expect(findings[0].expected == "sdp.timing-form (RFC 4566 §9)")
        #expect(findings[0].observed == "“now” is not two numbers (message #14, body line 5)")
        #expect(findings[1].expected == "sdp.timing (RFC 3264 §6)")
        #expect(findings[1].requirements.contains(RequirementID("RFC3264-6-timing")))
    }

    @Test func `Who answers a description that was cut off is not to blame for the answer`() {
        var trace = TraceBuilder.case101()
        trace.change("200 INVITE B→server") { $0.body = $0.body.replacing("t=0 0", with: "t=0 1") }
        #expect(trace.judged(byRule: "sdp.flawless").map(\.party) == [.b])
        trace.change("INVITE server→B") { $0["Content-Length"] = "100" }
        #expect(!trace.judged(byRule: "sdp.flawless").compactMap(\.party).contains(.b))
    }

    @Test func `What somebody else has done wrong before excuses nobody who does the same`() {
        var trace = TraceBuilder.case101()
        for label in ["SEND server→B", "SEND B→server"] { trace.changeChunk(label) { $0["Byte-Range"] = "1-99/99" } }
        #expect(Set(trace.judged(byRule: "msrp.flawless").compactMap(\.party)).isSuperset(of: [.server, .b]))
    }

    @Test func `A small flaw of an offer excuses no answer that is wrong itself`() {
        var trace = TraceBuilder.case101()
        trace.change("INVITE server→B") { $0.body = $0.body.replacing("t=0 0", with: "t=now") }
        trace.change("200 INVITE B→server") { text in
            text.body = text.body.split(separator: "\r\n").filter { !$0.hasPrefix("a=path") }.map { $0 + "\r\n" }
                .joined()
        }
        #expect(Set(trace.judged(byRule: "sdp.flawless").compactMap(\.party)).isSuperset(of: [.server, .b]))
    }

    @Test func `A flaw of an MSRP message fails its sender`() {
        var trace = TraceBuilder.case101()
        trace.changeChunk("SEND A→server") { $0["Byte-Range"] = "1-9/9" }
        let findings = trace.judged(byRule: "msrp.flawless")
        #expect(findings.allSatisfy { $0.party == .a && $0.verdict == .fail })
        #expect(!findings.isEmpty)
    }

    @Test func `A body that is not what it says fails its sender`() {
        var trace = TraceBuilder.case101()
        trace.change("PUBLISH A→server") { $0.body = "<poc-settings" }
        let findings = trace.judged(byRule: "body.flawless")
        #expect(findings.map(\.party) == [.a])
        #expect(findings[0].expected == "body.application/poc-settings+xml (RFC 2045 §5)")
    }

    @Test func `A wrapper in chunks is judged as a whole`() {
        var trace = TraceBuilder()
        trace.logIn(.a)
        var chat = trace.establish(.backToBack)
        let broken = "From: <sip:alice@parley.example>\r\nno header at all\r\n\r\nHello"
        trace.say(broken, by: .a, in: &chat, chunk: 20)
        for index in trace.lines.indices {
            guard case .msrp(var chunk) = trace.lines[index].content, chunk["Content-Type"] != nil else { continue }
            chunk["Content-Type"] = "message/cpim"
            trace.lines[index].content = .msrp(chunk)
        }
        let findings = trace.judged(byRule: "body.flawless")
        #expect(findings.map(\.party) == [.a])
        #expect(findings[0].requirements == [RequirementID("RFC3862-2-structure")])
    }
}
