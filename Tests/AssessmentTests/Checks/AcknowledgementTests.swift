import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// `acknowledged`: what a client sends is answered with success.
struct AcknowledgementTests {
    static func page(
        silence: Duration = .zero, _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> Finding {
        var trace = TraceBuilder.case201()
        alter(&trace)
        trace.silence = silence
        return trace.judged(.acknowledged(client: .a, content: .text("Hello 1"), mode: .pager, times: nil))
    }

    static func text(
        _ trace: TraceBuilder = .case101(), silence: Duration = .zero,
        _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> Finding {
        var trace = trace
        alter(&trace)
        trace.silence = silence
        return trace.judged(.acknowledged(client: .a, content: .text("Hello B"), mode: .session, times: nil))
    }

    @Test func `A success passes`() {
        #expect(Self.page().verdict == .pass)
        #expect(Self.page().observed == "200 OK (MESSAGE) (message #12)")
        #expect(Self.text().verdict == .pass)
        #expect(Self.text(SessionReceptionTests.chunked()).verdict == .pass)
        #expect(Self.text(.case101(.recordRoute)).verdict == .pass)
    }

    @Test func `A provisional response is no answer`() {
        let finding = Self.page { trace in
            trace.change("200 MESSAGE server→A") { $0.startLine = "SIP/2.0 100 Trying" }
        }
        #expect(finding.verdict == .inconclusive)
    }

    @Test func `A refusal fails whoever refuses`() {
        let finding = Self.page { trace in
            trace.change("200 MESSAGE server→A") { $0.startLine = "SIP/2.0 503 Service Unavailable" }
        }
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "it was answered 503 Service Unavailable (MESSAGE)")
    }

    @Test func `A refusal that the server passes on fails the client that refused`() {
        let finding = Self.page { trace in
            for label in ["200 MESSAGE B→server", "200 MESSAGE server→A"] {
                trace.change(label) { $0.startLine = "SIP/2.0 415 Unsupported Media Type" }
            }
        }
        #expect(finding.verdict == .fail && finding.party == .b)
    }

    @Test func `A refusal of B because of what the server made of the message fails the server`() {
        let finding = Self.page { trace in
            trace.change("MESSAGE server→B") { $0["CSeq"] = "nonsense" }
            for label in ["200 MESSAGE B→server", "200 MESSAGE server→A"] {
                trace.change(label) { $0.startLine = "SIP/2.0 400 Bad Request" }
            }
            trace.change("200 MESSAGE B→server") { $0["CSeq"] = "1 MESSAGE" }
        }
        #expect(finding.verdict == .fail && finding.party == .server)
    }

    @Test func `No answer fails who owes it after the time of a transaction`() {
        func server(_ trace: inout TraceBuilder) { trace.omit("200 MESSAGE server→A") }
        #expect(Self.page(silence: .seconds(5), server).verdict == .inconclusive)
        let late = Self.page(silence: .seconds(40), server)
        #expect(late.verdict == .fail && late.party == .server)
        #expect(late.observed == "no response to message #9")
        let waiting = Self.page(silence: .seconds(40)) { trace in
            trace.omit("200 MESSAGE server→A", "200 MESSAGE B→server")
        }
        #expect(waiting.verdict == .fail && waiting.party == .b)
    }

    @Test func `Each chunk must be answered`() {
        var trace = SessionReceptionTests.chunked()
        trace.omit("200 OK server→A 2")
        trace.omit(all: "BYE", "close")
        let finding = Self.text(trace, silence: .seconds(31))
        #expect(finding.verdict == .fail && finding.party == .server)
    }

    @Test func `A client that asks for failures only is content with silence`() {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.logIn(.b)
        var chat = trace.establish(.backToBack)
        trace.say("Hello B", by: .a, in: &chat, fields: ["Failure-Report": "partial", "Success-Report": "no"])
        trace.omit("200 OK server→A", "200 OK B→server")
        #expect(Self.text(trace).verdict == .inconclusive)
        trace.leave(.a, chat)
        let finding = Self.text(trace)
        #expect(finding.verdict == .pass)
        #expect(finding.observed.hasPrefix("no failure, and A asked to hear of failures only"))
    }

    @Test func `A client that asks for silence shows nothing`() {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.logIn(.b)
        var chat = trace.establish(.backToBack)
        trace.say("Hello B", by: .a, in: &chat, fields: ["Failure-Report": "no", "Success-Report": "no"])
        let finding = Self.text(trace, silence: .seconds(60))
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed.hasPrefix("A asked for no response"))
    }

    @Test func `Of several attempts one success is enough`() {
        let finding = Self.page { trace in
            trace.insert(after: "200 PUBLISH server→B") { trace in
                var refused = trace.compose("MESSAGE", from: .a, to: .b)
                refused.add("Content-Type", "text/plain")
                refused.body = "Hello 1"
                let sent = trace.send(refused, from: .a, to: .server)
                trace.answer(sent, 503, "Service Unavailable")
            }
        }
        #expect(finding.verdict == .pass)
    }

    @Test func `A text that was never sent shows nothing`() {
        let finding = Self.text { $0.omit(all: "SEND", "200 OK", "REPORT") }
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed == "A never sent “Hello B” in a session")
    }
}
