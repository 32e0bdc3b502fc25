import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// Rules about what follows an INVITE.
struct InvitationRuleTests {
    static func judged(
        _ id: String, _ trace: TraceBuilder = .case101(), silence: Duration = .seconds(60),
        _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> [Finding] {
        TransactionRuleTests.judged(id, trace, silence: silence, alter)
    }

    @Test func `A 2xx without an ACK fails who owes it`() {
        let byServer = Self.judged("rfc3261.ack-for-2xx") { $0.omit("ACK server→B") }
        #expect(byServer.map(\.party) == [.server])
        let early = Self.judged("rfc3261.ack-for-2xx", silence: .seconds(5)) { trace in
            trace.cut(after: "200 INVITE server→A")
        }
        #expect(early.map(\.verdict) == [.inconclusive])
    }

    @Test func `Where the caller never acknowledges, the server is not to blame on the other side`() {
        let findings = Self.judged("rfc3261.ack-for-2xx", .case101(.recordRoute)) { trace in
            trace.omit("ACK A→server", "ACK server→B")
        }
        #expect(findings.map(\.party) == [.a])
    }

    @Test func `Each 2xx of a fork is to be acknowledged`() {
        let findings = Self.judged("rfc3261.ack-for-2xx") { trace in
            var second = trace.message("200 INVITE server→A")
            second["To"] = "<sip:bob@parley.example>;tag=second"
            trace.insert(after: "200 INVITE server→A") { $0.add(second, from: .server, to: .a) }
        }
        #expect(findings.map(\.party) == [.a])
    }

    @Test func `An offer is answered in the 2xx`() {
        let findings = Self.judged("rfc3261.offer-answer", .case101(.recordRoute)) { trace in
            for label in ["200 INVITE B→server", "200 INVITE server→A"] {
                trace.change(label) { text in
                    text["Content-Type"] = nil
                    text.body = ""
                }
            }
        }
        #expect(findings.map(\.party) == [.b])
        #expect(findings[0].expected == "an answer in the 2xx to an INVITE with an offer")
        #expect(findings[0].observed.hasSuffix("(and 1 more)"))
    }

    @Test func `An INVITE without an offer gets one, and answers it in the ACK`() {
        func without(_ trace: inout TraceBuilder) {
            for label in ["INVITE A→server", "INVITE server→B"] {
                trace.change(label) { text in
                    text["Content-Type"] = nil
                    text.body = ""
                }
            }
        }
        let findings = Self.judged("rfc3261.offer-answer", .case101(.recordRoute)) { without(&$0) }
        #expect(findings.contains { $0.party == .a && $0.expected == "an answer in the ACK to an offer in the 2xx" })
        let answered = Self.judged("rfc3261.offer-answer", .case101(.recordRoute)) { trace in
            without(&trace)
            for label in ["ACK A→server", "ACK server→B"] {
                trace.change(label) { text in
                    text.add("Content-Type", "application/sdp")
                    text.body = TraceBuilder.description(of: "msrp://127.0.0.11:2855/a;tcp", host: .a)
                }
            }
        }
        #expect(answered.map(\.verdict) == [.pass])
    }

    @Test func `A 2xx copies Record-Route`() {
        #expect(Self.judged("rfc3261.record-route").isEmpty)
        #expect(Self.judged("rfc3261.record-route", .case101(.recordRoute)).map(\.verdict) == [.pass])
        let findings = Self.judged("rfc3261.record-route", .case101(.recordRoute)) { trace in
            trace.change("200 INVITE B→server") { $0["Record-Route"] = nil }
        }
        #expect(findings.map(\.party) == [.b])
        #expect(findings[0].observed == "none instead of <sip:127.0.0.10:5060;lr> (message #14)")
    }

    @Test func `A session timer keeps within what was asked`() {
        #expect(Self.judged("rfc4028.session-timer").map(\.verdict) == [.pass])
        let longer = Self.judged("rfc4028.session-timer") { trace in
            trace.change("200 INVITE B→server") { $0["Session-Expires"] = "3600;refresher=uas" }
        }
        #expect(longer.map(\.party) == [.b])
        #expect(longer[0].observed == "3600 after 1800 (messages #11, #14)")
        let unrequired = Self.judged("rfc4028.session-timer") { trace in
            trace.change("200 INVITE B→server") { $0["Session-Expires"] = "1800;refresher=uac" }
        }
        #expect(unrequired.map(\.expected) == ["Require: timer in a 2xx that makes the caller refresh"])
    }

    @Test func `The refresher may be another than the one that was asked for, as the TS wants it`() {
        let findings = Self.judged("rfc4028.session-timer") { trace in
            trace.change("INVITE A→server") { $0["Session-Expires"] = "1800;refresher=uac" }
            trace.change("200 INVITE server→A") { $0["Session-Expires"] = "1800;refresher=uas" }
        }
        #expect(findings.map(\.verdict) == [.pass])
    }
}
