import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// `established`: an INVITE, its 2xx, and the ACK of that, each seen at both ends.
struct EstablishmentTests {
    static func judged(
        _ trace: TraceBuilder = .case101(), silence: Duration = .seconds(60),
        _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> Finding {
        var trace = trace
        trace.silence = silence
        alter(&trace)
        return trace.judged(.established(inviter: .a, invited: .b))
    }

    @Test(arguments: Routing.allCases, [TransportProtocol.udp, .tcp])
    func `All six messages pass`(routing: Routing, transport: TransportProtocol) {
        let trace = TraceBuilder.case101(routing, over: transport)
        let finding = Self.judged(trace)
        #expect(finding.verdict == .pass)
        #expect(
            finding.numbers
                == [
                    "INVITE A→server", "INVITE server→B", "200 INVITE B→server", "200 INVITE server→A", "ACK A→server",
                    "ACK server→B",
                ].map(trace.number))
    }

    @Test func `An ACK may go to the other client without the server`() {
        let finding = Self.judged(.case101(.recordRoute)) { trace in
            let ack = trace.message("ACK A→server")
            trace.omit("ACK server→B")
            let index = trace.index(of: "ACK A→server")
            trace.lines[index].receiver = .b
            trace.lines[index].destination = trace.lines[trace.index(of: "200 INVITE B→server")].source
            _ = ack
        }
        #expect(finding.verdict == .pass)
    }

    @Test func `A 200 that comes again is one acceptance`() {
        let finding = Self.judged { trace in
            trace.repeat("200 INVITE B→server")
            trace.repeat("200 INVITE server→A")
        }
        #expect(finding.verdict == .pass)
    }

    @Test(arguments: [(480, "Temporarily Unavailable"), (486, "Busy Here"), (603, "Decline"), (302, "Moved")])
    func `A refusal of B fails B`(status: Int, reason: String) {
        let finding = Self.judged { trace in
            trace.cut(after: "180 INVITE server→A")
            let invite = SentRequest(
                text: trace.message("INVITE server→B"), sender: .server, receiver: .b, toTag: "x")
            trace.answer(invite, status, reason)
        }
        #expect(finding.verdict == .fail && finding.party == .b)
        #expect(finding.observed == "B answered \(status) \(reason) (INVITE)")
    }

    @Test func `B that rings when the trace ends shows nothing, however long`() {
        let finding = Self.judged(silence: .seconds(600)) { $0.cut(after: "180 INVITE server→A") }
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed == "B had not answered when the trace ended")
    }

    @Test func `An INVITE that A cancels shows nothing`() {
        let finding = Self.judged { trace in
            trace.cut(after: "180 INVITE server→A")
            for (client, invite) in [(PartyName.a, "INVITE A→server"), (.b, "INVITE server→B")] {
                let sender: PartyName = client == .a ? .a : .server
                let receiver: PartyName = client == .a ? .server : .b
                let text = trace.message(invite)
                var cancel = text
                cancel.startLine = cancel.startLine.replacing("INVITE ", with: "CANCEL ")
                cancel["CSeq"] = "1 CANCEL"
                let sent = trace.send(cancel, from: sender, to: receiver)
                trace.answer(sent, 200)
                trace.answer(
                    SentRequest(text: text, sender: sender, receiver: receiver, toTag: "x"), 487, "Request Terminated")
            }
        }
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed == "the INVITE was cancelled before B accepted it")
    }

    @Test func `A 2xx of B that never reaches A fails the server, in time`() {
        func alter(_ trace: inout TraceBuilder) { trace.cut(after: "200 INVITE B→server") }
        let early = Self.judged(silence: .seconds(20)) { alter(&$0) }
        #expect(early.verdict == .inconclusive)
        let late = Self.judged { alter(&$0) }
        #expect(late.verdict == .fail && late.party == .server)
        #expect(late.observed == "no 2xx reached A, although B sent one")
    }

    @Test func `The server is at fault for a refusal in the place of the 2xx`() {
        let finding = Self.judged(silence: .zero) { trace in
            trace.cut(after: "200 INVITE B→server")
            InvitationTests.answer(&trace, 500, "Server Internal Error")
        }
        #expect(finding.verdict == .fail && finding.party == .server)
    }

    @Test func `A that never acknowledges fails, at once where it ends the session by a BYE`() {
        func alter(_ trace: inout TraceBuilder) {
            trace.cut(after: "200 INVITE server→A")
        }
        let early = Self.judged(silence: .seconds(5)) { alter(&$0) }
        #expect(early.verdict == .inconclusive)
        #expect(early.observed == "no ACK sent by A, and the trace ends too early to tell")
        let late = Self.judged { alter(&$0) }
        #expect(late.verdict == .fail && late.party == .a)
        let gone = Self.judged(silence: .zero) { $0.omit("ACK A→server", "ACK server→B") }
        #expect(gone.verdict == .fail && gone.party == .a)
        #expect(gone.decision == .presence)
    }

    @Test func `An ACK that never reaches B fails the server`() {
        let finding = Self.judged { $0.omit("ACK server→B") }
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "no ACK received by B")
    }

    @Test func `An ACK that may have been lost on its way shows nothing`() {
        let finding = Self.judged { trace in
            trace.keepsOrder = false
            trace.omit("ACK server→B")
        }
        #expect(finding.verdict == .inconclusive)
    }

    @Test func `Nobody is to acknowledge a 2xx that is wrong itself`() {
        let finding = Self.judged { trace in
            trace.omit("ACK A→server", "ACK server→B")
            trace.change("200 INVITE server→A") { $0["CSeq"] = "7 INVITE" }
        }
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "no ACK sent by A, and the 2xx is wrong itself")
    }
}
