import Assessment
import Conformance
import TestSupport
import Testing

/// `message` with an answer that is never to come: it is the doing of whoever gives it, and not of who asks.
struct UnwantedAnswerTests {
    private static func judged(_ alter: (inout TraceBuilder) -> Void) -> Finding {
        var trace = TraceBuilder.case201()
        alter(&trace)
        let selector = MessageSelector(at: .a, direction: .received, start: .response(412...412, to: "PUBLISH"))
        return trace.judged(.message(selector, times: .never, must: [], should: []), kind: .conformance)
    }

    /// The server does not know what A has published.
    private static func forget(_ trace: inout TraceBuilder) {
        trace.change("200 PUBLISH server→A") { $0.startLine = "SIP/2.0 412 Conditional Request Failed" }
    }

    @Test func `Nothing passes where it does not come`() {
        #expect(Self.judged { _ in }.verdict == .pass)
    }

    @Test func `The server is at fault that gives it`() {
        let finding = Self.judged(Self.forget)
        #expect(finding.verdict == .fail && finding.party == .server)
    }

    @Test func `A client is at fault whose request is wrong itself`() {
        let finding = Self.judged { trace in
            trace.change("PUBLISH A→server") { $0["CSeq"] = "none" }
            Self.forget(&trace)
        }
        #expect(finding.party == .a)
    }
}
