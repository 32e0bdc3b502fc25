import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// `received` and `invited` in conferences: texts of many to many, by a switch.
struct ConferenceReceptionTests {
    static func judged(
        _ text: String = "Hello B C", at client: PartyName = .b, from author: Condition.Author = Condition.Author(.a),
        times: Count = .once, silence: Duration = .zero, _ trace: TraceBuilder = .case102(),
        _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> Finding {
        var trace = trace
        alter(&trace)
        trace.silence = silence
        return trace.judged(
            .received(client: client, content: .text(text), from: author, mode: .session, times: times),
            kind: times == .never ? .negative : .criterion)
    }

    @Test(arguments: [("Hello B C", PartyName.a), ("Hello A C", .b), ("Hello A B", .c)])
    func `Each text comes once to the two others`(text: String, sender: PartyName) {
        for client in [PartyName.a, .b, .c] where client != sender {
            #expect(Self.judged(text, at: client, from: Condition.Author(sender)).verdict == .pass)
        }
    }

    @Test func `It does not come back to its sender`() {
        let finding = Self.judged(at: .a, times: .never)
        #expect(finding.verdict == .pass)
        let echo = Self.judged(at: .a, times: .never) { trace in
            let hop = trace.conferenceHop(from: .a, isUpward: false)
            let copy = trace.chunk("SEND A→server").body ?? ""
            trace.insert(after: "200 OK server→A") { trace in
                let chunk = trace.conferenceChunk(copy, id: "echo", over: hop)
                trace.add(chunk, from: .server, to: .a, openedBy: hop.opener)
            }
        }
        #expect(echo.verdict == .fail && echo.party == .server)
    }

    @Test func `A text that C alone does not get fails the server`() {
        let finding = Self.judged(at: .c) { $0.omit("SEND server→C", "200 OK C→server") }
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed.hasSuffix("the server acknowledged it and did not pass it on"))
        #expect(Self.judged(at: .b) { $0.omit("SEND server→C", "200 OK C→server") }.verdict == .pass)
    }

    @Test func `A text in the name of another participant fails the server`() {
        let finding = Self.judged { trace in
            trace.changeChunk("SEND server→B") { chunk in
                chunk.body = chunk.body?.replacing("sip:alice@", with: "sip:carol@")
            }
        }
        #expect(finding.verdict == .fail && finding.party == .server)
        #expect(finding.observed.hasPrefix("it comes in the name of sip:carol@parley.example"))
    }

    @Test func `That no private message came to C is decided by a later response on its connection`() {
        var trace = TraceBuilder()
        var conference = trace.convene(by: .a, inviting: [.b, .c])
        trace.say("Private 1", by: .a, in: &conference, to: [.b])
        #expect(Self.judged("Private 1", trace).verdict == .inconclusive)
        #expect(Self.judged("Private 1", at: .c, times: .never, trace).verdict == .inconclusive)
        trace.say("Hello all", by: .c, in: &conference)
        let fence = trace.number(of: "200 OK server→C")
        let finding = Self.judged("Private 1", at: .c, times: .never, trace)
        #expect(finding.verdict == .pass)
        #expect(finding.decision == .fence(MessageReference(message: fence, packet: nil)))
        let leaked = Self.judged("Private 1", at: .c, times: .never, trace) { trace in
            let hop = trace.conferenceHop(from: .c, isUpward: false)
            trace.insert(after: "200 OK server→A") { trace in
                let cpim = TraceBuilder.cpim(from: PartyName.a.uri, to: [PartyName.b.uri], "Private 1")
                trace.add(trace.conferenceChunk(cpim, id: "leak", over: hop), from: .server, to: .c, openedBy: .server)
            }
        }
        #expect(leaked.verdict == .fail && leaked.party == .server)
    }

    @Test func `Who takes part by an alias is known by it`() {
        var trace = TraceBuilder()
        var room = TraceBuilder.Conference(uri: TraceBuilder.focus, entity: TraceBuilder.groupURI)
        trace.join(.a, alias: "X", &room)
        trace.join(.b, alias: "Bob", &room)
        room.users = [
            (.a, .init(entity: "sip:anonymous1@anonymous.invalid", name: "X")), (.b, .init(entity: PartyName.b.uri)),
        ]
        for party in [PartyName.a, .b] { trace.subscribe(party, to: &room) }
        trace.say("Hello from A", by: .a, in: &room)
        for party in [PartyName.a, .b] { trace.end(party, of: &room, by: party) }
        func judged(_ alias: String?) -> Finding {
            Self.judged("Hello from A", from: Condition.Author(.a, alias: alias), trace)
        }
        #expect(judged("X").verdict == .pass)
        #expect(judged(nil).verdict == .pass)
        let other = judged("Y")
        #expect(other.verdict == .fail && other.party == .a)
        #expect(other.observed == "B knows A as “X”")
    }

    @Test func `All are invited once, in the name of the inviter`() {
        for client in [PartyName.b, .c] {
            let finding = TraceBuilder.case102().judged(.invited(client: client, by: .a, group: nil, times: .once))
            #expect(finding.verdict == .pass)
        }
        #expect(TraceBuilder.case102().judged(.established(inviter: .a, invited: .c)).verdict == .pass)
    }

    @Test func `A member of a group is invited in the name of the group`() {
        var trace = TraceBuilder()
        var conference = trace.convene(group: TraceBuilder.groupURI, by: .a, inviting: [.b, .c])
        for party in [PartyName.a, .b, .c] { trace.end(party, of: &conference, by: party) }
        for party in [PartyName.a, .b, .c] { trace.logOut(party) }
        func judged(_ group: String?) -> Finding {
            trace.judged(.invited(client: .b, by: .a, group: group, times: .once))
        }
        #expect(judged("IM Group 1").verdict == .pass)
        let own = judged(nil)
        #expect(own.verdict == .fail && own.party == .server)
    }

    @Test func `Who is not invited although the list has it fails the server, and who is not in it shows nothing`() {
        func judged(_ alter: (inout TraceBuilder) -> Void = { _ in }) -> Finding {
            var trace = TraceBuilder()
            var conference = trace.convene(by: .a, inviting: [.b, .c])
            trace.omit(all: "→C", "C→")
            trace.end(.a, of: &conference, by: .a)
            trace.end(.b, of: &conference, by: .server)
            alter(&trace)
            _ = trace.register(.c, expires: 3600)
            return trace.judged(.invited(client: .c, by: .a, group: nil, times: .once))
        }
        let forgotten = judged()
        #expect(forgotten.verdict == .fail && forgotten.party == .server)
        let unasked = judged { trace in
            trace.change("INVITE A→server") { text in
                text.body = text.body.replacing("<entry uri=\"sip:carol@parley.example\"/>", with: "")
            }
        }
        #expect(unasked.verdict == .inconclusive)
        #expect(unasked.observed == "A did not ask for C, so nothing is shown")
    }
}
