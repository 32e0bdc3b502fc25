import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// Rules about requests in a dialog, and its end.
struct DialogRuleTests {
    static func judged(
        _ id: String, _ trace: TraceBuilder = .case101(), silence: Duration = .seconds(60),
        _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> [Finding] {
        TransactionRuleTests.judged(id, trace, silence: silence, alter)
    }

    @Test(arguments: ["rfc3261.cseq", "rfc3261.dialog-route", "rfc3261.bye", "oma.session-release"])
    func `Correct runs keep the rules`(id: String) {
        for routing in Routing.allCases {
            #expect(Self.judged(id, .case101(routing)).map(\.verdict) == [.pass])
        }
    }

    @Test func `A CSeq that does not grow fails, in a dialog and in a registration`() {
        let inDialog = Self.judged("rfc3261.cseq") { trace in
            for label in ["BYE A→server", "200 BYE server→A"] { trace.change(label) { $0["CSeq"] = "1 BYE" } }
        }
        #expect(inDialog.map(\.party) == [.a])
        #expect(inDialog[0].requirements == [RequirementID("RFC3261-12.2.1.1-cseq")])
        let inRegistration = Self.judged("rfc3261.cseq") { trace in
            for label in ["REGISTER A→server 2", "200 REGISTER server→A 2"] {
                trace.change(label) { $0["CSeq"] = "1 REGISTER" }
            }
        }
        #expect(inRegistration.map(\.party) == [.a])
        #expect(inRegistration[0].requirements == [RequirementID("RFC3261-10.2-cseq")])
    }

    @Test func `What a proxy passes on is not its fault`() {
        let findings = Self.judged("rfc3261.cseq", .case101(.recordRoute)) { trace in
            for label in ["BYE A→server", "BYE server→B", "200 BYE B→server", "200 BYE server→A"] {
                trace.change(label) { $0["CSeq"] = "1 BYE" }
            }
        }
        #expect(findings.map(\.party) == [.a])
    }

    @Test func `Requests that overtook each other on their way fail nobody`() {
        var trace = TraceBuilder()
        let chat = trace.establish(.recordRoute)
        trace.request("INFO", in: chat, from: .a, sequence: 2)
        trace.request("BYE", in: chat, from: .a, sequence: 3)
        trace.keepsOrder = false
        trace.move("BYE server→B", before: "INFO server→B")
        #expect(trace.judged(byRule: "rfc3261.cseq").map(\.verdict) == [.pass])
    }

    @Test func `A request off its route, or to another target, fails its sender`() {
        let unrouted = Self.judged("rfc3261.dialog-route", .case101(.recordRoute)) { trace in
            trace.change("BYE A→server") { $0["Route"] = nil }
        }
        #expect(unrouted.map(\.party) == [.a])
        #expect(unrouted[0].observed.hasPrefix("no Route instead of sip:127.0.0.10:5060;lr"))
        let elsewhere = Self.judged("rfc3261.dialog-route", .case101(.recordRoute)) { trace in
            trace.change("ACK A→server") { $0.startLine = "ACK sip:bob@parley.example SIP/2.0" }
        }
        #expect(elsewhere.map(\.party) == [.a])
        #expect(elsewhere[0].expected == "the Contact of the peer as Request-URI")
    }

    @Test func `The target may be written in another way, and the peer may move`() {
        let findings = Self.judged("rfc3261.dialog-route", .case101(.recordRoute)) { trace in
            trace.change("ACK A→server") { $0.startLine = "ACK sip:bob@127.0.0.12:5060;x=1 SIP/2.0" }
        }
        #expect(findings.map(\.verdict) == [.pass])
        var moved = TraceBuilder()
        let chat = moved.establish(.recordRoute)
        moved.request("INVITE", in: chat, from: .b)
        moved.request("BYE", in: chat, from: .a, sequence: 7)
        for label in ["INVITE B→server", "INVITE server→A"] {
            moved.change(label) { $0.add("Contact", "<sip:bob@127.0.0.12:6000>") }
        }
        moved.change("BYE A→server") { $0.startLine = "BYE sip:bob@127.0.0.12:6000 SIP/2.0" }
        let after = moved.judged(byRule: "rfc3261.dialog-route").filter { $0.verdict == .fail }
        #expect(after.isEmpty)
    }

    @Test func `A strict router on the way changes the Request-URI, and nothing is judged`() {
        let findings = Self.judged("rfc3261.dialog-route", .case101(.recordRoute)) { trace in
            for label in ["INVITE server→B", "200 INVITE B→server", "200 INVITE server→A"] {
                trace.change(label) { $0["Record-Route"] = "<sip:127.0.0.10:5060>" }
            }
            trace.change("BYE A→server") { $0.startLine = "BYE sip:127.0.0.10:5060 SIP/2.0" }
        }
        #expect(findings.isEmpty)
    }

    @Test func `A BYE of a living dialog is not answered 481`() {
        let findings = Self.judged("rfc3261.bye") { trace in
            trace.change("200 BYE B→server") { $0.startLine = "SIP/2.0 481 No Such Dialog" }
        }
        #expect(findings.map(\.party) == [.b])
        #expect(findings[0].observed.hasPrefix("481 No Such Dialog (BYE) to message"))
    }

    @Test func `BYEs that cross may be answered 481`() {
        let findings = Self.judged("rfc3261.bye", .case101(.recordRoute)) { trace in
            trace.change("200 BYE B→server") { $0.startLine = "SIP/2.0 481 No Such Dialog" }
            trace.insert(after: "BYE A→server") { trace in
                var bye = trace.message("BYE A→server")
                let (from, to) = (bye["From"], bye["To"])
                (bye["From"], bye["To"]) = (to, from)
                bye["Via"] = trace.via(.b, trace.fresh())
                trace.add(bye, from: .b, to: .server)
            }
        }
        #expect(findings.allSatisfy { $0.verdict == .pass })
    }

    @Test func `Whoever has heard that the dialog is over may answer a BYE with 481`() {
        let findings = Self.judged("rfc3261.bye", .case101(.recordRoute)) { trace in
            trace.change("200 BYE B→server") { $0.startLine = "SIP/2.0 481 No Such Dialog" }
            trace.insert(after: "BYE A→server") { trace in
                var invite = trace.message("BYE A→server")
                let (from, to) = (invite["From"], invite["To"])
                invite.startLine = invite.startLine.replacing("BYE", with: "INVITE")
                invite["CSeq"] = "1 INVITE"
                (invite["From"], invite["To"]) = (to, from)
                invite["Via"] = trace.via(.b, trace.fresh())
                trace.answer(trace.send(invite, from: .b, to: .server), 481)
            }
        }
        #expect(findings.allSatisfy { $0.verdict == .pass })
    }

    @Test func `The end of a session reaches the other client`() {
        let late = Self.judged("oma.session-release") { $0.omit("BYE server→B", "200 BYE B→server") }
        #expect(late.map(\.party) == [.server])
        #expect(late[0].expected == "a BYE to B when A ends the session")
        let early = Self.judged("oma.session-release", silence: .seconds(5)) { trace in
            trace.omit("BYE server→B", "200 BYE B→server")
        }
        #expect(early.map(\.verdict) == [.inconclusive])
    }
}
