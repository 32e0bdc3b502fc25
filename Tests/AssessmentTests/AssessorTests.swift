import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// The two verdicts of a case, and what preconditions do to them.
struct AssessorTests {
    @Test func `The interop verdict is the worst of the criteria, the conformance verdict that of the SHALLs`() {
        var trace = TraceBuilder.case101()
        trace.change("INVITE A→server") { $0["Accept-Contact"] = nil }
        #expect(trace.assessed(101).interop == .pass)
        #expect(trace.assessed(101).conformance == .fail)
        trace.change("INVITE server→B") { $0["P-Asserted-Identity"] = "<sip:carol@parley.example>" }
        #expect(trace.assessed(101).interop == .fail)
    }

    @Test func `A warning decides nothing`() {
        var trace = TraceBuilder.case201()
        for label in ["200 MESSAGE B→server", "200 MESSAGE server→A"] {
            trace.change(label) { $0.startLine = "SIP/2.0 202 Accepted" }
        }
        let assessed = trace.assessed(201)
        #expect(assessed.findings.first { $0.check == "201.2b" }?.verdict == .fail)
        #expect(assessed.interop == .pass && assessed.conformance == .pass)
    }

    @Test func `An empty trace is inconclusive`() {
        let assessed = TraceBuilder().assessed(101)
        #expect(assessed.interop == .inconclusive)
        #expect(assessed.failures == [])
    }

    @Test func `A client that is not logged in fails nobody`() {
        var trace = TraceBuilder.case201()
        trace.change("200 PUBLISH server→B") { $0.startLine = "SIP/2.0 403 Forbidden" }
        trace.change("MESSAGE server→B") { $0.body = "Another text" }
        let assessed = trace.assessed(201)
        #expect(assessed.interop == .inconclusive)
        let precondition = assessed.findings.first { $0.check == "precondition.B" }
        #expect(precondition?.observed == "no 2xx to PUBLISH")
        #expect(assessed.findings.first { $0.check == "201.1" }?.verdict == .inconclusive)
    }

    @Test func `Who has the usual settings is logged in at a server that takes none, which alone is at fault`() {
        var trace = TraceBuilder.case201()
        for party in ["A", "B"] {
            trace.change("200 PUBLISH server→\(party)") { answer in
                answer.startLine = "SIP/2.0 489 Bad Event"
                answer.add("Allow-Events", "presence")
            }
        }
        let assessed = trace.assessed(201)
        #expect(assessed.interop == .pass)
        let failures = assessed.findings.filter { $0.verdict == .fail }
        #expect(failures.map(\.check) == ["oma.settings"])
        #expect(failures.first?.party == .server)
        #expect(failures.first?.observed == "489 Bad Event (PUBLISH) (message #4) (and 1 more)")
        let precondition = assessed.findings.first { $0.check == "precondition.B" }
        #expect(precondition?.observed == "REGISTER is; no settings are taken, not even the usual ones")
    }

    @Test func `A REGISTER that is challenged is no failed log-in`() {
        var trace = TraceBuilder()
        let first = trace.register(.a, expires: 3600)
        trace.answer(first, 401, "Unauthorized", [("WWW-Authenticate", "Digest realm=\"x\"")])
        trace.logIn(.a)
        trace.logIn(.b)
        trace.page()
        trace.logOut(.a)
        trace.logOut(.b)
        for index in trace.lines.indices.prefix(2) { trace.lines[index].step = "preamble" }
        #expect(trace.assessed(201).complaints == [])
    }

    @Test func `A client that logs in only after the procedure began was not ready`() {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.page()
        trace.logIn(.b)
        let precondition = trace.assessed(201).findings.first { $0.check == "precondition.B" }
        #expect(precondition?.verdict == .inconclusive)
        #expect(precondition?.observed == "both are, but only after the procedure began")
    }

    @Test func `A NOTIFY before the 200 to its SUBSCRIBE changes nothing`() {
        var trace = TraceBuilder.case201()
        trace.insert(after: "200 PUBLISH server→B") { trace in
            var subscribe = trace.compose("SUBSCRIBE", from: .b, to: .a)
            subscribe.add("Event", "presence")
            subscribe.add("Contact", trace.contact(.b))
            subscribe.add("Expires", "600")
            let sent = trace.send(subscribe, from: .b, to: .server)
            var notify = trace.compose("NOTIFY", from: .server, to: .b)
            notify["From"] = "\(subscribe["To"] ?? "");tag=\(sent.toTag)"
            notify["To"] = subscribe["From"]
            notify["Call-ID"] = subscribe["Call-ID"]
            notify.add("Event", "presence")
            notify.add("Contact", trace.contact(.server))
            notify.add("Subscription-State", "active;expires=600")
            trace.answer(trace.send(notify, from: .server, to: .b), 200)
            trace.answer(sent, 200, "OK", [("Expires", "600"), ("Contact", trace.contact(.server))])
        }
        #expect(trace.assessed(201).complaints == [])
    }

    @Test func `Every finding says what was expected and observed in one line`() {
        var trace = TraceBuilder.case101()
        trace.omit("ACK server→B", "200 OK server→A", "REPORT server→A")
        trace.silence = .seconds(60)
        for finding in trace.assessed(101).findings {
            #expect(!finding.expected.isEmpty && !finding.observed.isEmpty && !finding.title.isEmpty)
            #expect(!(finding.expected + finding.observed).contains("\n"))
            #expect(finding.party == nil || finding.verdict == .fail)
            #expect(!finding.requirements.isEmpty || finding.check.hasPrefix("precondition"))
        }
    }
}
