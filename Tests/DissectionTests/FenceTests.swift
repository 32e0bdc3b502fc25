import Conformance
import Network
import TestSupport
import Testing

@testable import Dissection

/// Whether the last answer to each client came behind all that the server had sent to it.
struct FenceTests {
    /// What the server opens a connection of its own for: its first message to B that is no answer.
    private static func calledBack(_ trace: Trace) -> Trace {
        var trace = trace
        for index in trace.entries.indices {
            guard case .stream(let bytes) = trace.entries[index].content, bytes.starts(with: "MESSAGE ".utf8),
                trace.entries[index].source.address == PartyName.server.address
            else { continue }
            trace.entries[index].source = SocketAddress(PartyName.server.address, port: 50_000)
            trace.entries[index].destination = SocketAddress(PartyName.b.address, port: 5060)
        }
        return trace
    }

    private static func endsInFences(_ trace: Trace) -> Bool {
        var settlement = Settlement(cast: trace.cast)
        settlement.follow(trace)
        return settlement.endsInFences(of: trace)
    }

    @Test func `It did over one connection, and over datagrams that keep their order`() {
        #expect(Self.endsInFences(TraceBuilder.case201(over: .tcp).trace()))
        var trace = TraceBuilder.case201().trace()
        #expect(Self.endsInFences(trace) == trace.datagramsKeepOrder)
        trace.datagramsKeepOrder = false
        #expect(!Self.endsInFences(trace))
    }

    @Test func `It says nothing of what comes over another connection`() {
        let trace = Self.calledBack(TraceBuilder.case201(over: .tcp).trace())
        #expect(!Self.endsInFences(trace))
    }
}
