import Conformance
import Dissection
import Network
import TestSupport
import Testing

/// What passes between two clients is seen at both ends and is one message.
struct WitnessTests {
    /// A says texts to B directly; both ends are witnesses.
    static func direct(_ texts: [String]) -> TraceBuilder {
        var trace = TraceBuilder()
        for (number, text) in texts.enumerated() {
            trace.add(chunk(text, transaction: "chunk\(number)"), from: .a, to: .b, openedBy: .a)
        }
        return trace
    }

    @Test func `A message seen as it leaves and as it arrives is one message`() throws {
        let dissection = Self.direct(["one", "two"]).dissection
        #expect(dissection.messages.map { $0.payload?.text } == ["one", "two"])
        let first = try #require(dissection.messages.first)
        #expect(first.wasSent && first.wasReceived)
        #expect(first.arrival > first.time)
    }

    @Test func `What never arrives was sent only`() {
        var trace = Self.direct(["one", "two"])
        trace.lines[2].isLost = true
        let dissection = trace.dissection
        #expect(dissection.messages.map(\.wasReceived) == [true, false])
        #expect(dissection.messages.map(\.wasSent) == [true, true])
    }

    @Test func `The two ends may see other segments`() {
        let bytes = chunk("Hello B").bytes
        let (source, destination) = (
            SocketAddress(PartyName.a.address, port: 42_000), SocketAddress(PartyName.b.address, port: 2855)
        )
        func entry(_ witness: Witness, _ content: TraceEntry.Content) -> TraceEntry {
            TraceEntry(
                time: TraceBuilder.start, source: source, destination: destination, witness: witness, content: content)
        }
        for offset in 1..<bytes.count {
            let entries = [
                entry(.receiver, .opened), entry(.sender, .stream(Array(bytes[..<offset]))), entry(.sender, .opened),
                entry(.sender, .stream(bytes)), entry(.receiver, .stream(Array(bytes[..<offset]))),
                entry(.receiver, .stream(Array(bytes[offset...]))),
            ]
            let trace = Trace(
                testCaseID: nil, cast: .sample, datagramsKeepOrder: true, entries: entries, end: TraceBuilder.start)
            let whole = Dissection(of: trace).messages.filter { $0.requestMethod == "SEND" }
            #expect(whole.count == 1 && whole[0].wasSent && whole[0].wasReceived, "cut at \(offset)")
        }
    }

    @Test func `A message of which only a part has arrived is there once`() {
        var trace = Self.direct(["one"])
        let line = trace.lines[1]
        trace.lines[1].isLost = true
        trace.witness = nil
        var built = trace.trace()
        built.entries.append(
            TraceEntry(
                time: built.end, source: line.source, destination: line.destination, witness: .receiver,
                content: .stream(Array(chunk("one", transaction: "chunk0").bytes.prefix(20)))))
        #expect(Dissection(of: built).labels == ["SEND “one” $"])
    }

    @Test func `A datagram and its repetition are two messages, of which the second repeats the first`() {
        var trace = TraceBuilder()
        let ack = trace.compose("ACK", from: .a, to: .b)
        trace.add(ack, from: .a, to: .b)
        trace.add(ack, from: .a, to: .b)
        let dissection = trace.dissection
        #expect(dissection.messages.count == 2)
        #expect(dissection.messages.allSatisfy { $0.wasSent && $0.wasReceived })
        #expect(dissection.messages.map(\.repeats) == [nil, 1])
    }

    @Test func `In a capture of the path every message was both sent and received`() {
        var trace = TraceBuilder()
        trace.witness = .path
        trace.logIn(.a)
        #expect(trace.dissection.messages.allSatisfy { $0.wasSent && $0.wasReceived })
    }
}
