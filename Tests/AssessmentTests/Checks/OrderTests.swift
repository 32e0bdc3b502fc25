import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// `order`: nothing of one kind comes before something of another kind.
struct OrderTests {
    typealias Fields = FieldRulesTests

    static func judged(
        at party: PartyName = .a, _ direction: MessageSelector.Direction = .sent, in trace: TraceBuilder = .case101(),
        precedence: Condition.Precedence = .one, _ alter: (inout TraceBuilder) -> Void = { _ in }
    ) -> Finding {
        var trace = trace
        alter(&trace)
        return trace.judged(
            .order(
                first: Fields.selector(party, direction, .request("ACK")),
                second: Fields.selector(party, direction, .request("SEND"), carrying: "Hello B"), precedence: precedence
            ),
            kind: .negative)
    }

    @Test func `The right order passes`() {
        let finding = Self.judged()
        #expect(finding.verdict == .pass)
        #expect(finding.observed == "message #16 precedes message #18")
    }

    @Test func `The wrong order fails the sender of what came too early`() {
        let finding = Self.judged { $0.move("SEND A→server", before: "ACK A→server") }
        #expect(finding.verdict == .fail && finding.party == .a)
        #expect(
            finding.expected == "no SEND request sent by A carrying “Hello B” before the first ACK request sent by A")
        #expect(finding.observed == "message #16 precedes message #17")
    }

    @Test func `A repetition does not count as the first`() {
        #expect(Self.judged { $0.repeat("ACK A→server", after: .seconds(1)) }.verdict == .pass)
    }

    @Test func `Without the first the second comes too early`() {
        let finding = Self.judged { $0.omit("ACK A→server") }
        #expect(finding.verdict == .fail && finding.party == .a)
        #expect(finding.observed == "there is no ACK request sent by A, and message #17 came without it")
    }

    @Test func `Unless the trace says that it has losses`() {
        let finding = Self.judged { trace in
            trace.omit("ACK A→server")
            trace.defects = ["A packet is missing."]
        }
        #expect(finding.verdict == .inconclusive)
    }

    @Test func `Without the second there is nothing to put in order`() {
        #expect(Self.judged { $0.omit(all: "SEND") }.verdict == .inconclusive)
    }

    @Test func `What comes by two ways may overtake`() {
        let received = Self.judged(at: .b, .received) { trace in
            trace.move("SEND server→B", before: "ACK server→B")
        }
        #expect(received.verdict == .inconclusive)
        #expect(received.observed.hasSuffix("which may be the doing of the network"))
    }

    @Test func `But not by much`() {
        let received = Self.judged(at: .b, .received) { trace in
            trace.move("SEND server→B", before: "ACK server→B")
            let ack = trace.index(of: "ACK server→B")
            for index in trace.lines.indices.suffix(from: ack) {
                trace.lines[index].time = trace.lines[index].time + .seconds(5)
            }
        }
        #expect(received.verdict == .fail && received.party == .server)
    }

    @Test func `Every one of the first kind may have to come before the second`() {
        var trace = TraceBuilder.case101()
        trace.repeat("ACK A→server", after: .seconds(1))
        func judged(_ precedence: Condition.Precedence) -> Finding {
            trace.judged(
                .order(
                    first: Fields.selector(.a, .sent, .request("SEND")),
                    second: Fields.selector(.a, .received, .request("SEND")), precedence: precedence),
                kind: .negative)
        }
        #expect(judged(.one).verdict == .pass)
        #expect(judged(.all).verdict == .pass)
        let bye = trace.judged(
            .order(
                first: Fields.selector(.a, .received, .request("SEND")),
                second: Fields.selector(.a, .sent, .response(200...200, to: "SEND")), precedence: .all),
            kind: .negative)
        #expect(bye.verdict == .pass)
        let early = trace.judged(
            .order(
                first: Fields.selector(.a, .sent, .response(200...200, to: "SEND")),
                second: Fields.selector(.a, .sent, .request("ACK")), precedence: .all), kind: .negative)
        #expect(early.verdict == .fail && early.expected.contains("before the last 200 response to SEND sent by A"))
    }
}
