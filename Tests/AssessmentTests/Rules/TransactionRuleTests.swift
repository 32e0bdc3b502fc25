import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// Rules about SIP requests and their responses.
struct TransactionRuleTests {
    static func judged(
        _ id: String, _ trace: TraceBuilder = .case101(), silence: Duration = .zero,
        _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> [Finding] {
        var trace = trace
        alter(&trace)
        trace.silence = silence
        return trace.judged(byRule: id)
    }

    @Test(arguments: [
        "rfc3261.one-final-response", "rfc3261.copied-fields", "rfc3261.unique-branch", "rfc3261.ack-for-2xx",
        "rfc3261.offer-answer",
    ])
    func `Correct runs keep the rules`(id: String) {
        for trace in [TraceBuilder.case101(), .case101(.recordRoute), .case201()] {
            #expect(trace.judged(byRule: id).allSatisfy { $0.verdict == .pass })
        }
    }
}

/// One final response for every request.
struct OneFinalResponseTests {
    static func judged(
        _ trace: TraceBuilder = .case101(), silence: Duration = .seconds(60),
        _ alter: (inout TraceBuilder) -> Void
    ) -> [Finding] {
        TransactionRuleTests.judged("rfc3261.one-final-response", trace, silence: silence, alter)
    }

    @Test func `No response in time fails the receiver, and is inconclusive before`() {
        let late = Self.judged { $0.omit("200 BYE B→server") }
        #expect(late.map(\.party) == [.b])
        #expect(late[0].expected == "a final response to BYE")
        #expect(late[0].requirements.contains(RequirementID("RFC3261-17.2.2-one-final-response")))
        let early = Self.judged(silence: .seconds(20)) { $0.omit("200 BYE B→server") }
        #expect(early.map(\.verdict) == [.inconclusive])
        #expect(early[0].party == nil)
    }

    @Test func `A provisional response is not final`() {
        let findings = Self.judged { trace in
            trace.change("200 BYE B→server") { $0.startLine = "SIP/2.0 100 Trying" }
        }
        #expect(findings.map(\.party) == [.b])
    }

    @Test func `A proxy that waits for the next client owes nothing itself`() {
        let findings = Self.judged(.case101(.recordRoute)) { trace in
            trace.omit("200 BYE B→server", "200 BYE server→A")
        }
        #expect(findings.map(\.party) == [.b])
    }

    @Test func `A server that has the answer and keeps it fails`() {
        let findings = Self.judged(.case101(.recordRoute)) { $0.omit("200 BYE server→A") }
        #expect(findings.map(\.party) == [.server])
    }

    @Test func `Two final responses fail who gave them`() {
        let findings = Self.judged { trace in
            let sent = SentRequest(text: trace.message("BYE A→server"), sender: .a, receiver: .server, toTag: "x")
            trace.insert(after: "200 BYE server→A") { $0.answer(sent, 481, "No Such Dialog") }
        }
        #expect(findings.map(\.party) == [.server])
        #expect(findings[0].observed.hasPrefix("200 OK (BYE), 481 No Such Dialog (BYE) to message"))
    }

    @Test func `A final response that comes again is one`() {
        let findings = Self.judged { $0.repeat("200 BYE server→A") }
        #expect(findings.map(\.verdict) == [.pass])
    }

    @Test func `The 2xx of two branches of a fork are no surplus, a refusal after a 2xx is`() {
        func second(_ trace: inout TraceBuilder, _ status: Int) {
            let invite = SentRequest(
                text: trace.message("INVITE A→server"), sender: .a, receiver: .server, toTag: "other")
            trace.insert(after: "200 INVITE server→A") { $0.answer(invite, status, "Second") }
        }
        #expect(Self.judged { second(&$0, 200) }.map(\.verdict) == [.pass])
        #expect(Self.judged { second(&$0, 486) }.map(\.party) == [.server])
    }

    @Test func `An INVITE that rings when the trace ends is inconclusive, one that was cancelled is not`() {
        let ringing = Self.judged { $0.cut(after: "180 INVITE server→A") }
        #expect(!ringing.isEmpty && ringing.allSatisfy { $0.verdict == .inconclusive })
        let cancelled = Self.judged { trace in
            trace.cut(after: "180 INVITE server→A")
            var cancel = trace.message("INVITE server→B")
            cancel.startLine = "CANCEL sip:bob@parley.example SIP/2.0"
            cancel["CSeq"] = "1 CANCEL"
            trace.answer(trace.send(cancel, from: .server, to: .b), 200)
        }
        #expect(cancelled.contains { $0.verdict == .fail && $0.party == .b })
    }
}

/// What a response copies from its request.
struct CopiedFieldsTests {
    static func judged(_ alter: (inout TraceBuilder) -> Void) -> [Finding] {
        TransactionRuleTests.judged("rfc3261.copied-fields") { alter(&$0) }
    }

    @Test(arguments: [
        ("Call-ID", "another"), ("CSeq", "9 BYE"), ("From", "<sip:mallory@parley.example>;tag=x"),
        ("To", "<sip:mallory@parley.example>;tag=x"),
    ])
    func `Another value fails the one who answers`(field: String, value: String) {
        let findings = Self.judged { trace in
            trace.change("200 BYE server→A") { $0[field] = value }
        }
        #expect(findings.map(\.party) == [.server])
        #expect(findings[0].expected == "\(field) as in the request")
        #expect(findings[0].observed.hasPrefix("\(value) instead of "))
    }

    @Test func `The same value in another spelling is right`() {
        let findings = Self.judged { trace in
            trace.change("200 BYE server→A") { text in
                text["From"] = text["From"].map { "\"Alice\"  \($0)" }
                text["CSeq"] = "2   BYE"
                text["Via"] = text["Via"].map { "\($0);received=127.0.0.11;rport=5060" }
            }
        }
        #expect(findings.map(\.verdict) == [.pass])
    }

    @Test func `A Via too many or too few fails`() {
        for alter in [{ $0 + ", SIP/2.0/UDP x;branch=z9hG4bKx" }, { _ in "SIP/2.0/UDP y;branch=z9hG4bKy" }]
            as [(String) -> String]
        {
            let findings = Self.judged { trace in
                trace.change("200 BYE server→A") { $0["Via"] = $0["Via"].map(alter) }
            }
            #expect(findings.map(\.party) == [.server])
        }
    }

    @Test func `A response to nothing fails where the trace shows the beginning, and is inconclusive elsewhere`() {
        func stray(_ trace: inout TraceBuilder) {
            let never = trace.compose("MESSAGE", from: .b, to: .a)
            trace.answer(SentRequest(text: never, sender: .b, receiver: .server, toTag: "x"), 200)
        }
        let findings = Self.judged { stray(&$0) }
        #expect(findings.map(\.party) == [.server])
        #expect(findings[0].observed.hasPrefix("200 OK (MESSAGE) answers no request of the trace"))
        let late = Self.judged { trace in
            stray(&trace)
            for index in trace.lines.indices { trace.lines[index].step = nil }
        }
        #expect(late.map(\.verdict) == [.inconclusive])
    }
}

/// Branches and the ACK of refusals.
struct BranchRuleTests {
    @Test func `A branch that is used again fails`() {
        let findings = TransactionRuleTests.judged("rfc3261.unique-branch") { trace in
            let via = trace.message("INVITE A→server")["Via"]
            trace.change("BYE A→server") { $0["Via"] = via }
        }
        #expect(findings.map(\.party) == [.a])
        #expect(findings[0].observed.hasPrefix("BYE has the branch of INVITE"))
    }

    @Test func `The ACK of a 2xx has a branch of its own, that of a refusal has that of the INVITE`() {
        let ofSuccess = TransactionRuleTests.judged("rfc3261.unique-branch") { trace in
            let via = trace.message("INVITE A→server")["Via"]
            trace.change("ACK A→server") { $0["Via"] = via }
        }
        #expect(ofSuccess.map(\.party) == [.a])
        #expect(Self.refused().judged(byRule: "rfc3261.unique-branch").map(\.verdict) == [.pass])
    }

    /// An INVITE of A that is refused and acknowledged.
    static func refused(_ alter: (inout SIPText) -> Void = { _ in }) -> TraceBuilder {
        var trace = TraceBuilder()
        trace.logIn(.a)
        let sent = trace.send(trace.composeInvite(from: .a, to: .b), from: .a, to: .server)
        trace.answer(sent, 486, "Busy Here")
        var ack = sent.text
        ack.startLine = "ACK sip:bob@parley.example SIP/2.0"
        ack["CSeq"] = "1 ACK"
        ack.body = ""
        for field in ["Content-Type", "Session-Expires", "Allow", "Supported", "Accept-Contact", "Contact"] {
            ack[field] = nil
        }
        ack["To"] = "\(ack["To"] ?? "");tag=\(sent.toTag)"
        alter(&ack)
        trace.add(ack, from: .a, to: .server)
        return trace
    }

    @Test func `A refusal is acknowledged on the branch of the INVITE`() {
        #expect(Self.refused().judged(byRule: "rfc3261.ack-for-refusal").map(\.verdict) == [.pass])
        let other = Self.refused { $0["Via"] = "SIP/2.0/UDP 127.0.0.11:5060;branch=z9hG4bKother" }
        let findings = other.judged(byRule: "rfc3261.ack-for-refusal")
        #expect(findings.map(\.party) == [.a])
        #expect(findings[0].expected == "the topmost Via of the INVITE in the ACK of its refusal")
    }

    @Test func `A refusal that is not acknowledged in time fails the caller`() {
        var trace = Self.refused()
        trace.omit("ACK A→server")
        trace.silence = .seconds(20)
        #expect(trace.judged(byRule: "rfc3261.ack-for-refusal").map(\.verdict) == [.inconclusive])
        trace.silence = .seconds(40)
        #expect(trace.judged(byRule: "rfc3261.ack-for-refusal").map(\.party) == [.a])
    }
}
