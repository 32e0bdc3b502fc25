import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// Rules about MSRP requests and their responses.
struct SessionRuleTests {
    static func judged(
        _ id: String, _ trace: TraceBuilder = .case101(), silence: Duration = .seconds(60),
        _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> [Finding] {
        TransactionRuleTests.judged(id, trace, silence: silence, alter)
    }

    /// A session of one text, without its end.
    static func open(fields: [String: String] = [:], chunk: Int = 1000, _ routing: Routing = .backToBack)
        -> TraceBuilder
    {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.logIn(.b)
        var chat = trace.establish(routing)
        trace.say("Hello B", by: .a, in: &chat, chunk: chunk, fields: fields)
        return trace
    }

    @Test(arguments: [
        "rfc4975.response-to-send", "rfc4975.no-response-to-report", "rfc4975.paths", "rfc4975.response-paths",
        "rfc4975.chunks", "rfc4975.success-report", "rfc4975.report-reason", "rfc4975.opener", "rfc4975.first-send",
        "rfc3261.silent-after-bye",
    ])
    func `Correct runs keep the rules`(id: String) {
        for routing in Routing.allCases {
            #expect(Self.judged(id, .case101(routing)).map(\.verdict) == [.pass])
        }
    }

    @Test func `A SEND without a response fails its receiver in time`() {
        func silent(_ trace: inout TraceBuilder) { trace.omit("200 OK B→server") }
        #expect(Self.judged("rfc4975.response-to-send", Self.open()) { silent(&$0) }.map(\.party) == [.b])
        let early = Self.judged("rfc4975.response-to-send", Self.open(), silence: .seconds(20)) { silent(&$0) }
        #expect(early.map(\.verdict) == [.inconclusive])
    }

    @Test func `A relay that waits for the next client owes nothing itself`() {
        let findings = Self.judged("rfc4975.response-to-send", Self.open()) { trace in
            trace.omit("200 OK B→server", "200 OK server→A")
        }
        #expect(findings.map(\.party) == [.b])
    }

    @Test func `Two responses fail who gave them`() {
        let findings = Self.judged("rfc4975.response-to-send") { $0.repeat("200 OK server→A") }
        #expect(findings.map(\.party) == [.server])
        #expect(findings[0].observed == "2 to message #18")
    }

    @Test func `Who asks for silence gets it`() {
        let never = Self.open(fields: ["Failure-Report": "no", "Success-Report": "no"])
        #expect(never.judged(byRule: "rfc4975.response-to-send").map(\.verdict) == [.pass])
        var answered = Self.open(fields: ["Success-Report": "no"])
        answered.changeChunk("SEND A→server") { $0["Failure-Report"] = "no" }
        #expect(answered.judged(byRule: "rfc4975.response-to-send").map(\.party) == [.server])
        answered.changeChunk("SEND A→server") { $0["Failure-Report"] = "partial" }
        #expect(answered.judged(byRule: "rfc4975.response-to-send").map(\.party) == [.server])
        answered.changeChunk("200 OK server→A") { $0.start = "413 Too Large" }
        #expect(answered.judged(byRule: "rfc4975.response-to-send").map(\.verdict) == [.pass])
    }

    @Test func `A REPORT that is answered fails who answers`() {
        let findings = Self.judged("rfc4975.no-response-to-report") { trace in
            let report = trace.chunk("REPORT B→server")
            trace.insert(after: "REPORT B→server") { trace in
                trace.acknowledge(report, over: trace.hops(from: .b, to: .a, .backToBack)[0])
            }
        }
        #expect(findings.map(\.party) == [.server])
        #expect(findings[0].observed == "200 OK to message #22")
    }

    @Test func `A path of another leg or session is foreign`() {
        let otherLeg = Self.judged("rfc4975.paths") { trace in
            trace.changeChunk("SEND A→server") { $0.toPath = "msrp://127.0.0.10:2855/to-b;tcp" }
        }
        #expect(otherLeg.map(\.party) == [.a])
        #expect(otherLeg[0].expected == "To-Path as the other side described it")
        #expect(
            otherLeg[0].observed == "msrp://127.0.0.10:2855/to-b;tcp instead of msrp://127.0.0.10:2855/to-a;tcp "
                + "(message #18)")
        let from = Self.judged("rfc4975.paths") { trace in
            trace.changeChunk("SEND server→B") { $0.fromPath = "msrp://127.0.0.10:2855/other;tcp" }
        }
        #expect(from.map(\.party) == [.server])
        #expect(from[0].expected == "From-Path as the sender described it")
        let direct = Self.judged("rfc4975.paths", .case101(.recordRoute)) { trace in
            trace.changeChunk("SEND A→B") { $0.toPath = "msrp://127.0.0.12:2855/other;tcp" }
        }
        #expect(direct.map(\.party) == [.a])
    }

    @Test func `A path may be written in another way, and lead over relays`() {
        let findings = Self.judged("rfc4975.paths") { trace in
            trace.changeChunk("SEND A→server") { chunk in
                chunk.toPath = "msrp://relay.example:9;tcp MSRP://127.0.0.10:2855/to-a;TCP"
            }
        }
        #expect(findings.map(\.verdict) == [.pass])
    }

    @Test func `Without descriptions no path is foreign`() {
        let findings = Self.judged("rfc4975.paths") { $0.omit(all: "INVITE") }
        #expect(findings.map(\.verdict) == [.pass])
    }

    @Test func `A response on other paths fails who gives it`() {
        let findings = Self.judged("rfc4975.response-paths") { trace in
            trace.changeChunk("200 OK server→A") { $0.toPath = "msrp://127.0.0.12:2855/b;tcp" }
        }
        #expect(findings.map(\.party) == [.server])
    }
}

/// Rules about messages in chunks, and the reports about them.
struct ContentRuleTests {
    typealias Session = SessionRuleTests

    @Test func `A message without its last chunk fails its sender when that has left, or in time`() {
        func cut(_ trace: inout TraceBuilder) {
            trace.cut(after: "200 OK server→A 2")
        }
        let chunked = Session.open(chunk: 3)
        let late = Session.judged("rfc4975.chunks", chunked) { cut(&$0) }
        #expect(late.map(\.party) == [.a])
        #expect(late[0].observed == "Message-ID text1A stays incomplete (messages #18, #20)")
        let early = Session.judged("rfc4975.chunks", chunked, silence: .seconds(10)) { cut(&$0) }
        #expect(early.map(\.verdict) == [.inconclusive])
        let left = Session.judged("rfc4975.chunks", chunked, silence: .zero) { trace in
            cut(&trace)
            trace.close(from: .a, to: .server, openedBy: .a)
        }
        #expect(left.map(\.party) == [.a])
        let cutOff = Session.judged("rfc4975.chunks", chunked, silence: .zero) { trace in
            cut(&trace)
            trace.close(from: .server, to: .a, openedBy: .a)
        }
        #expect(cutOff.map(\.verdict) == [.inconclusive])
    }

    @Test func `An aborted message is no incomplete one`() {
        let findings = Session.judged("rfc4975.chunks", Session.open(chunk: 3)) { trace in
            trace.changeChunk("SEND A→server 2") { $0.flag = "#" }
            trace.omit(all: "server→B", "B→server", "REPORT")
            trace.omit("SEND A→server 3", "200 OK server→A 3")
        }
        #expect(findings.map(\.verdict) == [.pass])
    }

    @Test func `What the server can only pass on incomplete is the fault of the client`() {
        let findings = Session.judged("rfc4975.chunks", Session.open(chunk: 3)) { trace in
            trace.omit("SEND A→server 3", "200 OK server→A 3", "SEND server→B 3", "200 OK B→server 3")
            trace.omit(all: "REPORT")
        }
        #expect(findings.map(\.party) == [.a])
    }

    @Test func `A chunk after the first says where it belongs`() {
        let findings = Session.judged("rfc4975.chunks", Session.open(chunk: 3)) { trace in
            trace.changeChunk("SEND A→server 3") { $0["Byte-Range"] = nil }
        }
        #expect(findings.first?.party == .a)
        #expect(findings.first?.expected == "a Byte-Range in every chunk but the first")
    }

    @Test func `A success report that was asked for and did not come fails who owes it`() {
        let byServer = Session.judged("rfc4975.success-report") { $0.omit("REPORT server→A") }
        #expect(byServer.map(\.party) == [.server])
        #expect(byServer[0].observed == "none for Message-ID text1A (message #18)")
        let byB = Session.judged("rfc4975.success-report") { $0.omit("REPORT B→server", "REPORT server→A") }
        #expect(byB.map(\.party) == [.b])
        let early = Session.judged("rfc4975.success-report", Session.open(), silence: .seconds(5)) { trace in
            trace.omit("REPORT B→server", "REPORT server→A")
        }
        #expect(early.map(\.verdict) == [.inconclusive])
    }

    @Test func `A refused message needs no report`() {
        let findings = Session.judged("rfc4975.success-report", Session.open()) { trace in
            trace.omit(all: "server→B", "B→server", "REPORT")
            trace.changeChunk("200 OK server→A") { $0.start = "403 Forbidden" }
        }
        #expect(findings.isEmpty)
    }

    @Test func `A report that nobody asked for, or about another message, fails who sends it`() {
        let unasked = Session.judged("rfc4975.report-reason") { trace in
            for label in ["SEND A→server", "SEND server→B"] {
                trace.changeChunk(label) { $0["Success-Report"] = "no" }
            }
        }
        #expect(unasked.map(\.party) == [.b])
        #expect(unasked[0].expected == "no success report for a message that asks for none")
        let unknown = Session.judged("rfc4975.report-reason") { trace in
            trace.changeChunk("REPORT server→A") { $0["Message-ID"] = "unheard-of" }
        }
        #expect(unknown.map(\.party) == [.server])
        let late = Session.judged("rfc4975.report-reason") { trace in
            trace.changeChunk("REPORT server→A") { $0["Message-ID"] = "unheard-of" }
            for index in trace.lines.indices { trace.lines[index].step = nil }
        }
        #expect(late.map(\.verdict) == [.inconclusive])
    }

    @Test func `A report of a failure needs no request for one`() {
        let findings = Session.judged("rfc4975.report-reason") { trace in
            for label in ["SEND A→server", "SEND server→B"] {
                trace.changeChunk(label) { $0["Success-Report"] = "no" }
            }
            for label in ["REPORT B→server", "REPORT server→A"] {
                trace.changeChunk(label) { $0["Status"] = "000 413 Too Large" }
            }
        }
        #expect(findings.map(\.verdict) == [.pass])
    }
}

/// Rules about connections, and the end of sending.
struct ConnectionRuleTests {
    typealias Session = SessionRuleTests

    /// The session with the connection of A opened by the other side.
    static func openedByServer() -> TraceBuilder {
        var trace = TraceBuilder.case101()
        let index = trace.index(of: "open A→server")
        (trace.lines[index].source, trace.lines[index].destination) = (
            trace.lines[index].destination, trace.lines[index].source
        )
        (trace.lines[index].sender, trace.lines[index].receiver) = (.server, .a)
        return trace
    }

    @Test func `The side that answered does not open the connection`() {
        let findings = Self.openedByServer().judged(byRule: "rfc4975.opener")
        #expect(findings.map(\.party) == [.server])
        #expect(findings[0].observed == "server opened it and had answered (message #18)")
    }

    @Test func `Unless the descriptions say so`() {
        var trace = Self.openedByServer()
        for label in ["INVITE A→server", "200 INVITE server→A"] {
            trace.change(label) { $0.body += "a=setup:actpass\r\n" }
        }
        #expect(trace.judged(byRule: "rfc4975.opener").map(\.verdict) == [.pass])
    }

    @Test func `Who opens a connection and sends nothing fails after a while`() {
        func mute(_ trace: inout TraceBuilder) {
            trace.cut(after: "REPORT server→A")
            trace.omit("SEND A→server")
        }
        let late = Session.judged("rfc4975.first-send", silence: .seconds(5)) { mute(&$0) }
        #expect(late.contains { $0.party == .a && $0.verdict == .fail })
        let early = Session.judged("rfc4975.first-send", silence: .seconds(1)) { mute(&$0) }
        #expect(!early.contains { $0.verdict == .fail })
    }

    @Test func `A SEND without a body is enough`() {
        let findings = Session.judged("rfc4975.first-send") { trace in
            trace.changeChunk("SEND A→server") { chunk in
                chunk.body = nil
                chunk["Content-Type"] = nil
            }
        }
        #expect(findings.map(\.verdict) == [.pass])
    }

    static func afterBye(by party: PartyName, _ routing: Routing = .backToBack, body: String? = "Too late")
        -> TraceBuilder
    {
        var trace = TraceBuilder.case101(routing)
        let label = routing == .backToBack ? "close A→server" : "close A→B"
        let hop = trace.hops(from: party == .server ? .b : party, to: party == .b ? .a : .b, routing)
        let last = party == .server ? trace.hops(from: .b, to: .a, routing)[1] : hop[0]
        trace.insert(after: trace.lines[trace.index(of: label) - 1].label) { trace in
            var late = trace.chunks(of: "Too late", id: "late", size: 100, [:], over: last)[0]
            late.body = body
            trace.add(late, from: last.sender, to: last.receiver, openedBy: last.opener)
        }
        return trace
    }

    @Test(arguments: [PartyName.a, .b])
    func `A text after the own BYE, or the own answer to one, fails`(party: PartyName) {
        for routing in Routing.allCases {
            let findings = Self.afterBye(by: party, routing).judged(byRule: "rfc3261.silent-after-bye")
            #expect(findings.map(\.party) == [party], "\(routing)")
        }
    }

    @Test func `A text of the server that was under way when it answered the BYE fails nobody`() {
        let findings = Self.afterBye(by: .server).judged(byRule: "rfc3261.silent-after-bye")
        #expect(findings.map(\.verdict) == [.pass])
    }

    @Test func `What carries no text is no text`() {
        let findings = Self.afterBye(by: .a, body: nil).judged(byRule: "rfc3261.silent-after-bye")
        #expect(findings.map(\.verdict) == [.pass])
    }
}
