import Conformance
import Network
import TestSupport
import Testing

@testable import Dissection

/// Whether anything is still under way, asked while a trace grows.
struct SettlementTests {
    private static func settlement(of trace: Trace) -> Settlement {
        var settlement = Settlement(cast: trace.cast)
        settlement.follow(trace)
        return settlement
    }

    @Test(arguments: [TransportProtocol.udp, .tcp])
    func `A trace that is followed while it grows is as settled as one that is read at once`(
        transport: TransportProtocol
    ) {
        let trace = TraceBuilder.case101(over: transport).trace()
        var growing = trace
        growing.entries = []
        var followed = Settlement(cast: trace.cast)
        var states: Set<Bool> = []
        for entry in trace.entries {
            growing.entries.append(entry)
            followed.follow(growing)
            let whole = Self.settlement(of: growing)
            #expect(followed.isSettled == whole.isSettled)
            #expect(followed.endsInFences(of: growing) == whole.endsInFences(of: growing))
            states.insert(followed.isSettled)
        }
        #expect(states == [true, false])
    }

    @Test func `Half a request asks for nothing yet, and its other half for one answer`() throws {
        let trace = TraceBuilder.case201(over: .tcp).trace()
        func halves(_ entry: TraceEntry) -> [TraceEntry]? {
            guard case .stream(let bytes) = entry.content, bytes.starts(with: "MESSAGE ".utf8) else { return nil }
            return [bytes.dropLast(), bytes.suffix(1)].map { half in
                var entry = entry
                entry.content = .stream(Array(half))
                return entry
            }
        }
        let place = try #require(trace.entries.firstIndex { halves($0) != nil })
        var growing = trace
        growing.entries = Array(trace.entries[..<place])
        var followed = Settlement(cast: trace.cast)
        var states: [Bool] = []
        for entry in try #require(halves(trace.entries[place])) {
            growing.entries.append(entry)
            followed.follow(growing)
            states.append(followed.isSettled)
        }
        growing.entries += trace.entries[(place + 1)...]
        followed.follow(growing)
        #expect(states + [followed.isSettled] == [true, false, true])
    }
}
