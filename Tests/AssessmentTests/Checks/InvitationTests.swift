import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// `invited`: a client gets so many invitations, each in the name of the inviter.
struct InvitationTests {
    static let condition = Condition.invited(client: .b, by: .a, group: nil, times: .once)

    static func judged(
        _ trace: TraceBuilder = .case101(), times: Count = .once, _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> Finding {
        var trace = trace
        alter(&trace)
        return trace.judged(.invited(client: .b, by: .a, group: nil, times: times))
    }

    @Test(arguments: Routing.allCases, [TransportProtocol.udp, .tcp])
    func `One invitation in the name of A passes, and a fence says that there is no other`(
        routing: Routing, transport: TransportProtocol
    ) throws {
        let trace = TraceBuilder.case101(routing, over: transport)
        let finding = trace.judged(Self.condition)
        #expect(finding.verdict == .pass)
        #expect(finding.expected == "exactly 1 INVITE at B that identifies A")
        #expect(finding.numbers == [trace.number(of: "INVITE server→B")])
        let fence = MessageReference(message: trace.number(of: "200 REGISTER server→B 2"), packet: nil)
        #expect(finding.decision == .fence(fence))
    }

    @Test func `Where no path is ordered a quiet window says so`() {
        let finding = Self.judged { trace in
            trace.keepsOrder = false
            trace.silence = .seconds(3)
        }
        #expect(finding.verdict == .pass)
        guard case .window(let silence, _) = finding.decision else {
            Issue.record("\(finding.decision)")
            return
        }
        #expect(silence >= .seconds(3))
    }

    @Test func `Without a fence or a window one invitation is inconclusive`() {
        let finding = Self.judged { $0.keepsOrder = false }
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed == "1, but the trace does not show that no other was on its way")
        #expect(finding.party == nil)
    }

    @Test func `The answer to what B asked before A had its own answer is no fence`() {
        let finding = Self.judged { trace in
            trace.cut(after: "200 INVITE server→A")
            trace.omit("200 INVITE server→A")
            trace.logOut(.b)
        }
        #expect(finding.verdict == .inconclusive)
    }

    @Test func `An answer on another connection is no fence`() {
        let finding = Self.judged(.case101(.backToBack, over: .tcp)) { trace in
            for label in ["REGISTER B→server 2", "200 REGISTER server→B 2"] {
                let index = trace.index(of: label)
                if label.hasPrefix("REGISTER") {
                    trace.lines[index].source.port = 40_001
                } else {
                    trace.lines[index].destination.port = 40_001
                }
            }
        }
        #expect(finding.verdict == .inconclusive)
    }

    @Test func `Two invitations fail, and the server is at fault where A sent one`() {
        var trace = TraceBuilder.case101()
        trace.insert(after: "INVITE server→B") { trace in
            let again = trace.forward(trace.message("INVITE A→server"), from: .a, .backToBack)
            trace.add(again, from: .server, to: .b)
        }
        let finding = trace.judged(Self.condition)
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "2 (messages #11, #12)")
        #expect(finding.numbers == [11, 12])
        #expect(finding.decision == .presence)
    }

    @Test func `A is at fault where it sent two`() {
        let finding = Self.judged { trace in
            trace.insert(after: "200 INVITE server→A") { trace in
                let second = trace.composeInvite(from: .a, to: .b)
                trace.add(second, from: .a, to: .server)
                trace.add(trace.forward(second, from: .a, .backToBack), from: .server, to: .b)
            }
        }
        #expect(finding.verdict == .fail && finding.party == .a)
    }

    @Test func `A re-INVITE is no second invitation`() {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.logIn(.b)
        let chat = trace.establish(.recordRoute)
        trace.request("INVITE", in: chat, from: .a)
        trace.leave(.a, chat)
        trace.logOut(.b)
        #expect(trace.judged(Self.condition).verdict == .pass)
    }

    @Test func `An INVITE that was challenged and sent again is one invitation`() {
        let finding = Self.judged { trace in
            let first = trace.message("INVITE A→server")
            trace.insert(after: "REGISTER B→server") { trace in
                var challenged = first
                challenged["Via"] = trace.via(.a, trace.fresh())
                challenged["CSeq"] = "0 INVITE"
                let sent = trace.send(challenged, from: .a, to: .server)
                trace.answer(sent, 407, "Proxy Authentication Required", [("Proxy-Authenticate", "Digest realm=\"x\"")])
            }
        }
        #expect(finding.verdict == .pass)
    }

    @Test func `An invitation that is forked to two contacts of B is one`() {
        var trace = TraceBuilder.case101(.recordRoute)
        trace.insert(after: "INVITE server→B") { trace in
            var fork = trace.message("INVITE server→B")
            fork.startLine = "INVITE sip:bob@127.0.0.12:5070 SIP/2.0"
            fork.prepend("Via", trace.via(.server, trace.fresh()))
            fork.fields.remove(at: 1)
            trace.add(fork, from: .server, to: .b)
        }
        #expect(trace.judged(Self.condition).verdict == .pass)
    }

    @Test(arguments: [
        ("<sip:carol@parley.example>", "sip:carol@parley.example"),
        ("<sip:anonymous@anonymous.invalid>", "sip:anonymous@anonymous.invalid"),
    ])
    func `An invitation in another name fails the server`(asserted: String, name: String) {
        let finding = Self.judged { trace in
            trace.change("INVITE server→B") { $0["P-Asserted-Identity"] = asserted }
        }
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "message #11 identifies \(name)")
    }

    @Test func `A is at fault for the false name that it gives itself`() {
        let finding = Self.judged(.case101(.recordRoute)) { trace in
            for label in ["INVITE A→server", "INVITE server→B"] {
                trace.change(label) { text in
                    text["P-Asserted-Identity"] = nil
                    text["From"] = text["From"]?.replacing("alice", with: "mallory")
                }
            }
        }
        #expect(finding.verdict == .fail && finding.party == .a)
    }

    @Test func `The name may be written in other ways that mean the same`() {
        let finding = Self.judged { trace in
            trace.change("INVITE server→B") {
                $0["P-Asserted-Identity"] = "\"Al\" <sip:alice@PARLEY.example;user=phone>"
            }
        }
        #expect(finding.verdict == .pass)
    }

    static func undelivered(_ alter: (inout TraceBuilder) -> Void) -> Finding {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.logIn(.b)
        trace.step = "1"
        let invite = trace.composeInvite(from: .a, to: .b)
        _ = trace.send(invite, from: .a, to: .server)
        alter(&trace)
        return trace.judged(condition)
    }

    static func answer(_ trace: inout TraceBuilder, _ status: Int, _ reason: String) {
        trace.answer(
            SentRequest(text: trace.message("INVITE A→server"), sender: .a, receiver: .server, toTag: "x"), status,
            reason)
    }

    @Test func `Where A never invited nothing is shown`() {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.logIn(.b)
        trace.logOut(.b)
        trace.silence = .seconds(60)
        let finding = trace.judged(Self.condition)
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed == "A sent no INVITE, so nothing is shown")
    }

    @Test func `An INVITE that is never answered nor passed on fails the server after the time of a transaction`() {
        let early = Self.undelivered { $0.silence = .seconds(31) }
        #expect(early.verdict == .inconclusive)
        #expect(early.observed == "none after message #9 of A, and the trace ends too early to tell")
        let late = Self.undelivered { $0.silence = .seconds(33) }
        #expect(late.verdict == .fail && late.party == .server)
        #expect(late.observed == "none after message #9 of A, and it was never answered")
        #expect(late.decision == .window(.seconds(33), .deadline))
    }

    @Test func `On a path that may lose, one copy without an answer shows nothing`() {
        let once = Self.undelivered { trace in
            trace.keepsOrder = false
            trace.silence = .seconds(60)
        }
        #expect(once.verdict == .inconclusive)
        let often = Self.undelivered { trace in
            trace.keepsOrder = false
            for _ in 1...30 { trace.add(trace.message("INVITE A→server"), from: .a, to: .server) }
            trace.silence = .seconds(60)
        }
        #expect(often.verdict == .fail && often.party == .server)
    }

    @Test func `A 200 to an INVITE that never reached B fails the server at once`() {
        let finding = Self.undelivered { Self.answer(&$0, 200, "OK") }
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "none after message #9 of A, and yet it was answered 200 OK (INVITE)")
    }

    @Test func `A refusal fails whoever refuses`() {
        let finding = Self.undelivered { Self.answer(&$0, 403, "Forbidden") }
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "none after message #9 of A; it was answered 403 Forbidden (INVITE)")
    }

    @Test func `A refusal of a faulty INVITE fails the one who sent it`() {
        let finding = Self.undelivered { trace in
            trace.change("INVITE A→server") { $0["Max-Forwards"] = nil }
            Self.answer(&trace, 400, "Bad Request")
        }
        #expect(finding.verdict == .fail && finding.party == .a)
    }

    @Test func `A challenge that nobody took up shows nothing`() {
        let finding = Self.undelivered { Self.answer(&$0, 407, "Proxy Authentication Required") }
        #expect(finding.verdict == .inconclusive)
    }

    @Test func `B that was registered without the feature tag is not to be reached`() {
        let finding = Self.undelivered { trace in
            trace.change("REGISTER B→server") { $0["Contact"] = "<sip:bob@127.0.0.12:5060>;expires=3600" }
            Self.answer(&trace, 480, "Temporarily Unavailable")
        }
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed.hasSuffix("and B was not registered for the service"))
    }

    @Test func `A timeout of the server shows nothing where datagrams may be lost, and its fault where not`() {
        let lossy = Self.undelivered { trace in
            trace.keepsOrder = false
            Self.answer(&trace, 408, "Request Timeout")
        }
        #expect(lossy.verdict == .inconclusive)
        let sure = Self.undelivered { Self.answer(&$0, 408, "Request Timeout") }
        #expect(sure.verdict == .fail && sure.party == .server)
    }

    @Test func `A capture that saw nothing of B shows nothing about it`() {
        var trace = TraceBuilder()
        trace.logIn(.a)
        let sent = trace.send(trace.composeInvite(from: .a, to: .b), from: .a, to: .server)
        trace.answer(sent, 403, "Forbidden")
        trace.silence = .seconds(60)
        let finding = trace.judged(Self.condition)
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed.hasSuffix("but the trace does not show all that reached B"))
    }

    @Test func `Nobody is invited where that is asked for`() {
        var trace = TraceBuilder.case201()
        #expect(trace.judged(.invited(client: .b, by: .a, group: nil, times: .never)).verdict == .pass)
        trace.cut(after: "200 MESSAGE server→A")
        #expect(trace.judged(.invited(client: .b, by: .a, group: nil, times: .never)).verdict == .inconclusive)
        #expect(Self.judged(times: .never).verdict == .fail)
    }
}
