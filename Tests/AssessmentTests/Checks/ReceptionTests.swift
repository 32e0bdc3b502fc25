import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// `received` in pager mode: a text reaches a client so many times, complete, and in the right name.
struct PageReceptionTests {
    static func judged(
        _ trace: TraceBuilder = .case201(), silence: Duration = .zero, times: Count = .once,
        _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> Finding {
        var trace = trace
        alter(&trace)
        trace.silence = silence
        return trace.judged(
            .received(client: .b, content: .text("Hello 1"), from: Condition.Author(.a), mode: .pager, times: times))
    }

    @Test func `One copy passes behind a fence`() {
        let finding = Self.judged()
        #expect(finding.verdict == .pass)
        #expect(finding.expected == "B receives “Hello 1” from A as a page, exactly 1 complete")
        #expect(finding.numbers == [10])
        #expect(finding.decision == .fence(MessageReference(message: 16, packet: nil)))
    }

    @Test func `One copy passes after a quiet window, and is inconclusive before`() {
        func alter(_ trace: inout TraceBuilder) { trace.cut(after: "200 MESSAGE server→A") }
        #expect(Self.judged(silence: .seconds(2)) { alter(&$0) }.verdict == .inconclusive)
        let late = Self.judged(silence: .seconds(4)) { alter(&$0) }
        #expect(late.verdict == .pass)
        #expect(late.decision == .window(.seconds(4) - .microseconds(200), .unasked))
    }

    @Test func `A text in a wrapper is the text`() {
        let cpim = "From: <sip:alice@parley.example>\r\n\r\nContent-Type: text/plain\r\n\r\nHello 1"
        let finding = Self.judged { trace in
            for label in ["MESSAGE A→server", "MESSAGE server→B"] {
                trace.change(label) { text in
                    text["Content-Type"] = "message/cpim"
                    text.body = cpim
                }
            }
        }
        #expect(finding.verdict == .pass)
    }

    @Test func `Two copies fail the server that made them, or the client that sent two`() {
        let doubled = Self.judged { trace in
            trace.insert(after: "MESSAGE server→B") { trace in
                var copy = trace.message("MESSAGE server→B")
                copy["Call-ID"] = "another"
                copy["Via"] = trace.via(.server, trace.fresh())
                trace.add(copy, from: .server, to: .b)
            }
        }
        #expect(doubled.verdict == .fail && doubled.party == .server)
        #expect(doubled.observed == "2 copies")
        let twice = Self.judged { trace in
            trace.insert(after: "200 MESSAGE server→A") { $0.page("Hello 1") }
        }
        #expect(twice.verdict == .fail && twice.party == .a)
    }

    @Test func `Another text in its place fails whoever changed it`() {
        let byServer = Self.judged { trace in
            trace.change("MESSAGE server→B") { $0.body = "Hello 2" }
        }
        #expect(byServer.verdict == .fail && byServer.party == .server)
        #expect(byServer.observed == "“Hello 2” came instead")
        let byA = Self.judged { trace in
            for label in ["MESSAGE A→server", "MESSAGE server→B"] { trace.change(label) { $0.body = "Hello 2" } }
        }
        #expect(byA.verdict == .fail && byA.party == .a)
        #expect(byA.observed == "A sent “Hello 2” instead")
    }

    @Test func `A text that went another way fails the sender`() {
        var trace = TraceBuilder.case101()
        trace.silence = .seconds(60)
        let finding = trace.judged(
            .received(client: .b, content: .text("Hello B"), from: Condition.Author(.a), mode: .pager, times: .once))
        #expect(finding.verdict == .fail && finding.party == .a)
        #expect(finding.observed == "A sent it in a session")
    }

    @Test func `A text that was never sent shows nothing`() {
        let finding = Self.judged(silence: .seconds(60)) { trace in
            trace.omit(all: "MESSAGE")
        }
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed == "A sent no such text, so nothing is shown")
    }

    @Test func `A text that was answered 200 and never came fails the server at once`() {
        let finding = Self.judged { $0.omit("MESSAGE server→B", "200 MESSAGE B→server") }
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "none, and yet it was answered 200 OK (MESSAGE)")
    }

    @Test func `A text that was taken with 202 may come as long as B is there`() {
        func alter(_ trace: inout TraceBuilder) {
            trace.omit("MESSAGE server→B", "200 MESSAGE B→server")
            trace.change("200 MESSAGE server→A") { $0.startLine = "SIP/2.0 202 Accepted" }
        }
        let early = Self.judged { trace in
            alter(&trace)
            trace.omit("REGISTER B→server 2", "200 REGISTER server→B 2")
        }
        #expect(early.verdict == .inconclusive)
        let gone = Self.judged { alter(&$0) }
        #expect(gone.verdict == .fail && gone.party == .server)
        #expect(gone.observed == "none; it was taken with 202 and never delivered")
        #expect(gone.decision == .fence(MessageReference(message: 14, packet: nil)))
    }

    @Test func `A text that B refuses fails B, and the server only passes that on`() {
        let finding = Self.judged { trace in
            trace.omit("MESSAGE server→B", "200 MESSAGE B→server")
            trace.change("200 MESSAGE server→A") { $0.startLine = "SIP/2.0 403 Forbidden" }
        }
        #expect(finding.verdict == .fail && finding.party == .server)
    }

    @Test func `A page in another name fails the server`() {
        let finding = Self.judged { trace in
            trace.change("MESSAGE server→B") { $0["P-Asserted-Identity"] = "<sip:carol@parley.example>" }
        }
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "it comes in the name of sip:carol@parley.example (message #10)")
    }

    @Test func `A page that was challenged and sent again is one`() {
        let finding = Self.judged { trace in
            let first = trace.message("MESSAGE A→server")
            trace.insert(after: "200 PUBLISH server→B") { trace in
                var challenged = first
                challenged["Via"] = trace.via(.a, trace.fresh())
                challenged["CSeq"] = "0 MESSAGE"
                let sent = trace.send(challenged, from: .a, to: .server)
                trace.answer(sent, 401, "Unauthorized", [("WWW-Authenticate", "Digest realm=\"x\"")])
            }
        }
        #expect(finding.verdict == .pass)
    }
}

/// `received` in a session: over MSRP, through the server or from client to client.
struct SessionReceptionTests {
    static func judged(
        _ trace: TraceBuilder = .case101(), silence: Duration = .zero,
        _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> Finding {
        var trace = trace
        alter(&trace)
        trace.silence = silence
        return trace.judged(
            .received(client: .b, content: .text("Hello B"), from: Condition.Author(.a), mode: .session, times: .once))
    }

    /// The case with the text of A in chunks.
    static func chunked(_ routing: Routing = .backToBack, size: Int = 3) -> TraceBuilder {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.logIn(.b)
        var chat = trace.establish(routing)
        trace.step = "3"
        trace.say("Hello B", by: .a, in: &chat, chunk: size)
        trace.leave(.a, chat)
        trace.logOut(.a)
        trace.logOut(.b)
        return trace
    }

    @Test(arguments: Routing.allCases)
    func `One copy passes, whole or in chunks`(routing: Routing) {
        #expect(Self.judged(.case101(routing)).verdict == .pass)
        #expect(Self.judged(Self.chunked(routing)).verdict == .pass)
    }

    @Test func `The end of the connection says that there is no other`() {
        let trace = TraceBuilder.case101()
        let finding = Self.judged(trace)
        guard case .fence(let fence) = finding.decision else {
            Issue.record("\(finding.decision)")
            return
        }
        #expect(fence.message == trace.number(of: "REPORT server→B"))
    }

    @Test func `As long as the session lasts a fence on its connection says so`() {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.logIn(.b)
        var chat = trace.establish(.backToBack)
        trace.say("Hello B", by: .a, in: &chat)
        #expect(Self.judged(trace).verdict == .inconclusive)
        trace.say("Hello A", by: .b, in: &chat)
        let finding = Self.judged(trace)
        #expect(finding.verdict == .pass)
        #expect(finding.decision == .fence(MessageReference(message: trace.number(of: "200 OK server→B"), packet: nil)))
    }

    @Test func `A text that the server acknowledges and keeps fails it when the session is over`() {
        func alter(_ trace: inout TraceBuilder) {
            trace.omit("SEND server→B", "200 OK B→server", "REPORT B→server", "REPORT server→A")
        }
        let over = Self.judged { alter(&$0) }
        #expect(over.verdict == .fail && over.party == .server)
        #expect(over.observed == "none; the server acknowledged it and did not pass it on")
        func open(_ trace: inout TraceBuilder) {
            alter(&trace)
            trace.cut(after: "200 OK server→A")
        }
        #expect(Self.judged(silence: .seconds(20)) { open(&$0) }.verdict == .inconclusive)
        #expect(Self.judged(silence: .seconds(31)) { open(&$0) }.verdict == .fail)
    }

    @Test func `An answer that never comes fails who owes it, in time`() {
        func alter(_ trace: inout TraceBuilder) { trace.cut(after: "SEND A→server") }
        #expect(Self.judged(silence: .seconds(29)) { alter(&$0) }.verdict == .inconclusive)
        let late = Self.judged(silence: .seconds(30)) { alter(&$0) }
        #expect(late.verdict == .fail && late.party == .server)
        #expect(late.observed == "none; it was never answered")
    }

    @Test func `A server that closes the connection instead of an answer fails at once`() {
        let finding = Self.judged { trace in
            trace.cut(after: "SEND A→server")
            trace.close(from: .server, to: .a, openedBy: .a)
        }
        #expect(finding.verdict == .fail && finding.party == .server)
    }

    @Test func `A client that closes the connection itself has not waited`() {
        let finding = Self.judged { trace in
            trace.cut(after: "SEND A→server")
            trace.close(from: .a, to: .server, openedBy: .a)
        }
        #expect(finding.verdict == .inconclusive)
    }

    @Test func `A text that is refused fails who refuses`() {
        let finding = Self.judged { trace in
            trace.omit("SEND server→B", "200 OK B→server", "REPORT B→server", "REPORT server→A")
            trace.changeChunk("200 OK server→A") { $0.start = "403 Forbidden" }
        }
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "none; it was answered 403 Forbidden")
    }

    @Test func `A text that was changed on its way fails who changed it`() {
        let finding = Self.judged { trace in
            trace.changeChunk("SEND server→B") { $0.body = "Hello C" }
        }
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed == "“Hello C” came instead")
    }

    @Test func `A text of which the last chunk is missing is none`() {
        var trace = Self.chunked()
        trace.omit("SEND server→B 3", "200 OK B→server 3")
        let finding = Self.judged(trace)
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed.hasPrefix("none; what came is “Hello ” (incomplete)"))
    }

    @Test func `A text that nothing shows to have arrived between two clients is inconclusive`() {
        let finding = Self.judged(.case101(.recordRoute), silence: .seconds(60)) { trace in
            trace.lines[trace.index(of: "SEND A→B")].isLost = true
        }
        #expect(finding.verdict == .inconclusive)
        #expect(finding.party == nil)
    }

    @Test func `The false name that the server gave A fails the server, also where the text comes from A itself`() {
        let finding = Self.judged(.case101(.recordRoute)) { trace in
            trace.change("INVITE server→B") { $0["P-Asserted-Identity"] = "<sip:carol@parley.example>" }
        }
        #expect(finding.verdict == .fail && finding.party == .server)
    }

    @Test func `Without the descriptions nothing says who it is`() {
        let finding = Self.judged { trace in
            for label in ["INVITE A→server", "INVITE server→B", "200 INVITE B→server", "200 INVITE server→A"] {
                trace.change(label) { $0.body = "" }
            }
        }
        #expect(finding.verdict == .inconclusive)
        #expect(finding.observed == "nothing in the trace says from whom it comes")
    }

    @Test func `Bytes that the witness missed show no absence`() {
        let finding = Self.judged { trace in
            trace.insert(after: "SEND server→B") { $0.gap(10, from: .server, to: .b, openedBy: .server) }
            trace.omit("SEND server→B", "200 OK B→server", "REPORT B→server", "REPORT server→A")
        }
        #expect(finding.verdict == .inconclusive)
    }
}
