import Conformance
import Dissection
import Network
import TestSupport
import Testing

/// Which message repeats which, and which response answers which request.
struct TransactionTests {
    @Test func `A response answers the request with its branch and method`() {
        var trace = TraceBuilder()
        let invite = trace.send(trace.composeInvite(from: .a, to: .b), from: .a, to: .server)
        var cancel = invite
        cancel.text.startLine = "CANCEL sip:bob@parley.example SIP/2.0"
        cancel.text["CSeq"] = "1 CANCEL"
        trace.add(cancel.text, from: .a, to: .server)
        trace.answer(cancel, 200)
        trace.answer(invite, 487, "Request Terminated")
        #expect(trace.dissection.messages.map(\.answers) == [nil, nil, 2, 1])
    }

    @Test func `Requests and responses that come again repeat the first, whoever they are resent to`() {
        var trace = TraceBuilder()
        let invite = trace.send(trace.composeInvite(from: .a, to: .b), from: .a, to: .server)
        trace.add(invite.text, from: .a, to: .server)
        trace.answer(invite, 180, "Ringing")
        trace.answer(invite, 180, "Ringing")
        trace.answer(invite, 200)
        let dissection = trace.dissection
        #expect(dissection.messages.map(\.repeats) == [nil, 1, nil, 3, nil])
        #expect(dissection.messages.map(\.answers) == [nil, nil, 1, 1, 1])
        #expect(dissection.responses(to: dissection[2]).map(\.number) == [3, 4, 5])
        #expect(dissection.copies(of: dissection[1]).map(\.number) == [1, 2])
    }

    @Test func `The 2xx of two branches of a fork do not repeat each other`() {
        var trace = TraceBuilder()
        var invite = trace.send(trace.composeInvite(from: .a, to: .b), from: .a, to: .server)
        trace.answer(invite, 200)
        invite.toTag = "second"
        trace.answer(invite, 200)
        #expect(trace.dissection.messages.map(\.repeats) == [nil, nil, nil])
    }

    @Test func `A response may come from and go to other ports of the same parties`() {
        var trace = TraceBuilder()
        let sent = trace.register(.a, expires: 3600)
        trace.answer(sent, 200)
        trace.lines[0].source.port = 51_000
        trace.lines[1].source.port = 5070
        #expect(trace.dissection.messages[1].answers == 1)
    }

    @Test func `Branches compare without letter case`() {
        var trace = TraceBuilder()
        var sent = trace.register(.a, expires: 3600)
        sent.text["Via"] = sent.text["Via"]?.replacing("branch=z9hG4bK", with: "branch=Z9HG4BK")
        trace.answer(sent, 200)
        #expect(trace.dissection.messages[1].answers == 1)
    }

    @Test func `A response with a wrong CSeq number still belongs to its branch`() {
        var trace = TraceBuilder()
        var sent = trace.register(.a, expires: 3600)
        sent.text["CSeq"] = "9 REGISTER"
        trace.answer(sent, 200)
        #expect(trace.dissection.messages[1].answers == 1)
    }

    @Test func `A response on a branch that nobody used answers nothing`() {
        var trace = TraceBuilder()
        var sent = trace.register(.a, expires: 3600)
        sent.text["Via"] = "SIP/2.0/UDP 127.0.0.11:5060;branch=z9hG4bKother"
        trace.answer(sent, 200)
        #expect(trace.dissection.messages[1].answers == nil)
    }

    @Test func `The same branch at two clients is two transactions`() {
        var trace = TraceBuilder()
        var first = trace.compose("MESSAGE", from: .a, to: .c)
        first["Via"] = "SIP/2.0/UDP 127.0.0.11:5060;branch=z9hG4bKsame"
        var second = trace.compose("MESSAGE", from: .b, to: .c)
        second["Via"] = "SIP/2.0/UDP 127.0.0.12:5060;branch=z9hG4bKsame"
        let sent = [trace.send(first, from: .a, to: .server), trace.send(second, from: .b, to: .server)]
        for request in sent { trace.answer(request, 200) }
        #expect(trace.dissection.messages.map(\.answers) == [nil, nil, 1, 2])
        #expect(trace.dissection.messages.allSatisfy { $0.repeats == nil })
    }

    @Test func `An MSRP response answers the latest request with its transaction identifier on the connection`() {
        var trace = TraceBuilder()
        let hop = trace.hops(from: .a, to: .b, .backToBack)[0]
        let send = chunk("one", transaction: "again1")
        for _ in 1...2 {
            trace.add(send, from: .a, to: .server, openedBy: .a)
            trace.acknowledge(send, over: hop)
        }
        #expect(trace.dissection.messages.map(\.answers) == [nil, 1, nil, 3])
        #expect(trace.dissection.messages.allSatisfy { $0.repeats == nil })
    }

    @Test func `The same transaction identifier on another connection is another transaction`() {
        var trace = TraceBuilder()
        trace.add(chunk("one", transaction: "same11"), from: .a, to: .server, openedBy: .a)
        trace.add(chunk("one", transaction: "same11"), from: .server, to: .b, openedBy: .server)
        let hops = trace.hops(from: .a, to: .b, .backToBack)
        trace.acknowledge(chunk("one", transaction: "same11"), over: hops[1])
        #expect(trace.dissection.messages.map(\.answers) == [nil, nil, 2])
    }
}
