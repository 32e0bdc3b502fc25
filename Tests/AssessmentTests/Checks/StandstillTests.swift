import Assessment
import Conformance
import TestSupport
import Testing

/// A procedure that comes to a stand before any of its criteria can tell.
struct StandstillTests {
    /// Case 501 until the invitation of step 1 is answered, or not.
    private static func invited(answered status: Int?) -> TraceBuilder {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.logIn(.b)
        let begin = trace.lines.count
        var text = trace.compose("INVITE", from: .a, to: .a, uri: "sip:conference-factory@parley.example")
        text.add("Contact", trace.contact(.a))
        let invite = trace.send(text, from: .a, to: .server)
        if let status { trace.answer(invite, status, "Else") }
        let end = trace.lines.count
        trace.logOut(.a)
        trace.logOut(.b)
        for index in trace.lines.indices {
            trace.lines[index].step = index < begin ? "preamble" : index < end ? "1" : "postamble"
        }
        return trace
    }

    private static func procedure(_ trace: TraceBuilder) -> Finding? {
        trace.assessed(501).findings.first { $0.check == "procedure" }
    }

    @Test func `Whoever refuses what the next step needs fails the case`() throws {
        let trace = Self.invited(answered: 404)
        let finding = try #require(Self.procedure(trace))
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(
            finding.expected == "the INVITE of A is answered with success, so that step 2 can begin")
        #expect(finding.observed == "it was answered 404 Else (INVITE); step 2 was never begun")
        #expect(finding.step == "1")
        #expect(trace.assessed(501).interop == .fail)
    }

    @Test func `Nobody is at fault where nothing was refused, or only credentials were asked for`() {
        #expect(Self.procedure(Self.invited(answered: nil)) == nil)
        #expect(Self.procedure(Self.invited(answered: 407)) == nil)
        #expect(Self.procedure(Self.invited(answered: 200)) == nil)
    }

    @Test func `Who was not ready fails nobody`() {
        var trace = Self.invited(answered: 404)
        trace.change("200 REGISTER server→B") { $0.startLine = "SIP/2.0 500 Server Internal Error" }
        #expect(Self.procedure(trace)?.verdict == .inconclusive)
    }

    @Test func `A procedure that comes to its end, and one of which a criterion tells, need no more`() {
        #expect(TraceBuilder.case201().assessed(201).findings.allSatisfy { $0.check != "procedure" })
        var trace = TraceBuilder.case102()
        trace.cut(after: "INVITE A→server")
        #expect(trace.assessed(102).findings.allSatisfy { $0.check != "procedure" })
    }
}
