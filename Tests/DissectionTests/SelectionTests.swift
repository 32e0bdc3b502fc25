import Conformance
import Dissection
import TestSupport
import Testing

/// Which messages a criterion means.
struct SelectionTests {
    static func numbers(
        _ dissection: Dissection, at party: PartyName, _ direction: MessageSelector.Direction,
        _ start: MessageSelector.Start, carrying text: String? = nil
    ) -> [Int] {
        dissection.messages(matching: MessageSelector(at: party, direction: direction, start: start, carrying: text))
            .map(\.number)
    }

    @Test func `Repetitions are not meant`() {
        var trace = TraceBuilder()
        trace.page()
        trace.repeat("MESSAGE A→server")
        trace.repeat("200 MESSAGE server→A")
        #expect(Self.numbers(trace.dissection, at: .a, .sent, .request("MESSAGE")) == [1])
        #expect(Self.numbers(trace.dissection, at: .a, .received, .response(200...299, to: "MESSAGE")).count == 1)
    }

    @Test func `A re-INVITE is no invitation, and its 200 no acceptance`() {
        var trace = TraceBuilder()
        let chat = trace.establish(.recordRoute)
        let before = trace.dissection
        trace.request("INVITE", in: chat, from: .a)
        let after = trace.dissection
        for (party, direction) in [(PartyName.a, MessageSelector.Direction.sent), (.b, .received)] {
            let start = MessageSelector.Start.request("INVITE")
            #expect(
                Self.numbers(after, at: party, direction, start) == Self.numbers(before, at: party, direction, start))
        }
        #expect(Self.numbers(after, at: .a, .received, .response(200...200, to: "INVITE")).count == 1)
    }

    @Test func `The REGISTER of a client that logs out is no registration`() {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.logOut(.a)
        #expect(Self.numbers(trace.dissection, at: .a, .sent, .request("REGISTER")) == [1])
    }

    @Test(arguments: ["<sip:alice@127.0.0.11>;expires=0", "*"])
    func `All ways to remove a binding count as logging out`(contact: String) {
        var trace = TraceBuilder()
        let sent = trace.register(.a, expires: 0)
        trace.change("REGISTER A→server") { text in
            text["Contact"] = contact
            if contact != "*" { text["Expires"] = nil }
        }
        trace.answer(sent, 200)
        #expect(trace.dissection.messages[0].isDeregistration)
    }

    @Test func `A client that stays in the core without the feature tag has left the service`() {
        var trace = TraceBuilder()
        trace.logIn(.a)
        let again = trace.register(.a, expires: 3600)
        trace.change("REGISTER A→server 2") { $0["Contact"] = "<sip:alice@127.0.0.11:5060>" }
        trace.answer(again, 200)
        #expect(Self.numbers(trace.dissection, at: .a, .sent, .request("REGISTER")) == [1])
    }

    @Test func `A client that never had the feature tag has registered without it`() {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.change("REGISTER A→server") { $0["Contact"] = "<sip:alice@127.0.0.11:5060>" }
        #expect(Self.numbers(trace.dissection, at: .a, .sent, .request("REGISTER")) == [1])
    }

    @Test func `A chunk carries the text of its whole content`() {
        var trace = TraceBuilder()
        var chat = trace.establish(.backToBack)
        trace.say("Hello B", by: .a, in: &chat, chunk: 4)
        let dissection = trace.dissection
        #expect(Self.numbers(dissection, at: .a, .sent, .request("SEND"), carrying: "Hello B").count == 2)
        #expect(Self.numbers(dissection, at: .a, .sent, .request("SEND"), carrying: "Hello A").isEmpty)
    }

    @Test func `Whoever registers is found with the address`() {
        var trace = TraceBuilder()
        trace.logIn(.a)
        trace.logIn(.b)
        #expect(trace.dissection.requesters.map(\.imAddress) == ["sip:alice@parley.example", "sip:bob@parley.example"])
        #expect(trace.dissection.requesters.map(\.address) == [PartyName.a.address, PartyName.b.address])
    }
}
