import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// Rules about proxies, registrations, publications and pages.
struct SupportingRuleTests {
    static func judged(
        _ id: String, _ trace: TraceBuilder, _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> [Finding] {
        TransactionRuleTests.judged(id, trace, alter)
    }

    @Test func `A proxy adds its Via and lowers Max-Forwards`() {
        #expect(Self.judged("rfc3261.proxy", .case101(.recordRoute)).map(\.verdict) == [.pass])
        #expect(Self.judged("rfc3261.proxy", .case101(.backToBack)).isEmpty)
        let forwards = Self.judged("rfc3261.proxy", .case101(.recordRoute)) { trace in
            trace.change("INVITE server→B") { $0["Max-Forwards"] = "70" }
        }
        #expect(forwards.map(\.party) == [.server])
        #expect(forwards[0].observed == "70 after 70 (messages #9, #11)")
        let via = Self.judged("rfc3261.proxy", .case201()) { trace in
            let own = trace.message("MESSAGE A→server")["Via"]
            trace.change("MESSAGE server→B") { $0["Via"] = own }
        }
        #expect(via.map(\.expected) == ["a Via of the proxy above the others"])
    }

    @Test func `A server that keeps the Call-ID and not the Via is no proxy`() {
        let findings = Self.judged("rfc3261.proxy", .case201()) { trace in
            trace.change("MESSAGE server→B") { text in
                text["Via"] = "SIP/2.0/UDP 127.0.0.10:5060;branch=z9hG4bKown"
                text["Max-Forwards"] = "70"
            }
        }
        #expect(findings.isEmpty)
    }

    @Test func `The 2xx to a REGISTER lists the bindings`() {
        #expect(Self.judged("rfc3261.bindings", .case201()).map(\.verdict) == [.pass])
        let without = Self.judged("rfc3261.bindings", .case201()) { trace in
            trace.change("200 REGISTER server→A") { $0["Contact"] = nil }
        }
        #expect(without.map(\.party) == [.server])
        let untimed = Self.judged("rfc3261.bindings", .case201()) { trace in
            trace.change("200 REGISTER server→A") { $0["Contact"] = "<sip:alice@127.0.0.11:5060>" }
        }
        #expect(untimed.map(\.observed) == ["a Contact without expires (message #2)"])
    }

    @Test func `Settings are taken, unless their sender may be asked to try again or is not allowed to`() {
        func answered(_ status: Int, _ reason: String) -> [Finding] {
            Self.judged("oma.settings", .case201()) { trace in
                trace.change("200 PUBLISH server→A") { $0.startLine = "SIP/2.0 \(status) \(reason)" }
            }
        }
        #expect(answered(200, "OK").map(\.verdict) == [.pass])
        let refused = answered(489, "Bad Event")
        #expect(refused.map(\.party) == [.server])
        #expect(refused.map(\.verdict) == [.fail])
        for status in [401, 403, 407, 412, 423] {
            #expect(answered(status, "Else").map(\.verdict) == [.pass], "\(status)")
        }
    }

    @Test func `Who breaks a rule by his PUBLISH may be refused`() {
        let findings = Self.judged("oma.settings", .case201()) { trace in
            trace.change("PUBLISH A→server") { $0["Accept-Contact"] = nil }
            trace.change("200 PUBLISH server→A") { $0.startLine = "SIP/2.0 489 Bad Event" }
        }
        #expect(findings.map(\.verdict) == [.pass])
    }

    @Test func `Publications have entity tags of their own`() {
        func again(_ trace: inout TraceBuilder, _ tag: String, match: Bool = false) {
            var publish = trace.message("PUBLISH A→server")
            publish["Call-ID"] = "again"
            publish["Via"] = trace.via(.a, trace.fresh())
            if match { publish.add("SIP-If-Match", "etag") }
            let sent = trace.send(publish, from: .a, to: .server)
            trace.answer(sent, 200, "OK", [("SIP-ETag", tag), ("Expires", "3600")])
        }
        let tag = TraceBuilder.case201().message("200 PUBLISH server→A")["SIP-ETag"] ?? ""
        #expect(Self.judged("rfc3903.new-etag", .case201()) { again(&$0, "fresh") }.map(\.verdict) == [.pass])
        #expect(Self.judged("rfc3903.new-etag", .case201()) { again(&$0, tag) }.map(\.party) == [.server])
        let refreshed = Self.judged("rfc3903.new-etag", .case201()) { again(&$0, tag, match: true) }
        #expect(refreshed.map(\.verdict) == [.pass])
    }

    @Test func `A MESSAGE over UDP is short, over TCP it may be long`() {
        let long = String(repeating: "x", count: 1300)
        var trace = TraceBuilder.case201()
        #expect(trace.judged(byRule: "rfc3428.size").map(\.verdict) == [.pass])
        for label in ["MESSAGE A→server", "MESSAGE server→B"] { trace.change(label) { $0.body = long } }
        let findings = trace.judged(byRule: "rfc3428.size")
        #expect(findings.map(\.party) == [.a])
        var stream = TraceBuilder.case201(over: .tcp)
        stream.change("MESSAGE A→server") { $0.body = long }
        #expect(stream.judged(byRule: "rfc3428.size").isEmpty)
    }
}
