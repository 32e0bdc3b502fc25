import Assessment
import Conformance
import TestSupport
import Testing

/// `answered`: the answer of the invited client opens a message session.
struct AnswerTests {
    static func judged(
        _ routing: Routing = .backToBack, changing label: String = "200 INVITE B→server",
        _ alter: (inout SIPText) -> Void = { _ in }
    ) -> Finding {
        var trace = TraceBuilder.case101(routing)
        trace.change(label, alter)
        if routing == .recordRoute, label.hasSuffix("B→server") { trace.change("200 INVITE server→A", alter) }
        return trace.judged(.answered(by: .b))
    }

    @Test(arguments: Routing.allCases)
    func `A port, a path and offered types pass`(routing: Routing) {
        let finding = Self.judged(routing)
        #expect(finding.verdict == .pass)
        #expect(finding.observed == "port 2855, path msrp://127.0.0.12:2855/b;tcp, accept-types text/plain")
    }

    @Test(arguments: Routing.allCases)
    func `Port 0 fails B, also where a proxy passes it on`(routing: Routing) {
        let finding = Self.judged(routing) { $0.body = $0.body.replacing("message 2855", with: "message 0") }
        #expect(finding.verdict == .fail && finding.party == .b)
        #expect(finding.observed == "the answer refuses the media line with port 0 (message #14)")
    }

    @Test func `No path, no types, foreign types, or no media line at all fail`() {
        let path = Self.judged { $0.body = $0.body.replacing("a=path", with: "a=other") }
        #expect(path.observed.hasPrefix("the answer has no path"))
        let types = Self.judged { $0.body = $0.body.replacing("a=accept-types", with: "a=other") }
        #expect(types.observed.hasPrefix("the answer has no accept-types"))
        let foreign = Self.judged { $0.body = $0.body.replacing("text/plain", with: "text/plain image/png") }
        #expect(foreign.observed.hasPrefix("the answer accepts image/png, which was not offered"))
        let nothing = Self.judged { $0.body = "" }
        #expect(nothing.observed.hasPrefix("the 2xx has no MSRP media line"))
        for finding in [path, types, foreign, nothing] { #expect(finding.verdict == .fail && finding.party == .b) }
    }

    @Test func `The server is at fault for what it makes of the answer`() {
        let finding = Self.judged(changing: "200 INVITE server→A") {
            $0.body = $0.body.replacing("message 2855", with: "message 0")
        }
        #expect(finding.verdict == .fail && finding.party == .server)
    }

    @Test(arguments: [("*", "image/png"), ("TEXT/*", "text/plain"), ("Text/Plain image/png", "image/PNG")])
    func `Offered types may be written with wildcards and in any case`(offered: String, answered: String) {
        var trace = TraceBuilder.case101(.recordRoute)
        for label in ["INVITE A→server", "INVITE server→B"] {
            trace.change(label) { $0.body = $0.body.replacing("text/plain", with: offered) }
        }
        for label in ["200 INVITE B→server", "200 INVITE server→A"] {
            trace.change(label) { $0.body = $0.body.replacing("text/plain", with: answered) }
        }
        #expect(trace.judged(.answered(by: .b)).verdict == .pass)
    }

    @Test func `Without an acceptance of B nothing is shown`() {
        var trace = TraceBuilder.case101()
        trace.cut(after: "180 INVITE server→A")
        let finding = trace.judged(.answered(by: .b))
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed == "B sent no 2xx to an INVITE")
    }
}
