import Conformance
import Execution
import Network
import Testing

/// What the clients write down while they play.
struct TraceTests {
    @Test func `Each entry carries the step during which it was seen`() {
        let performance = Play.conversation.performed()
        func steps(_ party: PartyName, _ start: String) -> Set<String?> {
            Set(performance.sent(by: party, start).map(\.step))
        }
        #expect(steps(Play.a, "REGISTER") == ["preamble", "postamble"])
        #expect(steps(Play.a, "PUBLISH") == ["preamble"])
        #expect(steps(Play.a, "INVITE") == ["1"])
        #expect(steps(Play.b, "SIP/2.0 180") == ["1"])
        #expect(steps(Play.a, "ACK") == ["2"])
        #expect(steps(Play.a, "SEND").subtracting(["2"]) == ["3"])
        #expect(steps(Play.b, "SEND").subtracting(["2"]) == ["4"])
        #expect(steps(Play.a, "BYE") == ["postamble"])
    }

    @Test func `What a client sends is witnessed by its sender, what it receives by its receiver`() {
        let trace = Play.conversation.performed().trace
        for entry in trace.entries {
            let (source, destination) = (
                trace.cast.party(at: entry.source.address)?.role, trace.cast.party(at: entry.destination.address)?.role
            )
            #expect([source, destination].contains(.client))
            #expect(entry.witness == (source == .client ? .sender : .receiver))
        }
    }

    @Test func `Times never go back, and observation ends last`() {
        let trace = Play.conversation.performed(conditions: .disturbed(0.1)).trace
        #expect(zip(trace.entries, trace.entries.dropFirst()).allSatisfy { $0.time <= $1.time })
        #expect(trace.entries.allSatisfy { $0.time <= trace.end })
        #expect(trace.entries.first?.time == Simulation.epoch)
    }

    @Test func `Connections are opened before bytes pass, and closed after`() {
        let entries = Play.conversation.performed().trace.entries.filter { $0.transport == .tcp }
        var open: Set<Set<SocketAddress>> = []
        for entry in entries {
            let ends: Set = [entry.source, entry.destination]
            switch entry.content {
            case .opened: open.insert(ends)
            case .stream: #expect(open.contains(ends))
            case .closed: #expect(open.remove(ends) != nil)
            case .datagram, .gap: Issue.record("not of a stream")
            }
        }
        #expect(!entries.isEmpty)
    }

    @Test(arguments: [1, 7, 42] as [UInt64], [NetworkConditions.perfect, .disturbed(0.1)])
    func `The same seed gives the same trace, and another seed another`(seed: UInt64, conditions: NetworkConditions) {
        let first = Play.conversation.performed(seed: seed, conditions: conditions)
        let second = Play.conversation.performed(seed: seed, conditions: conditions)
        let other = Play.conversation.performed(seed: seed + 1, conditions: conditions)
        #expect(first.trace == second.trace)
        #expect(first.trace != other.trace)
    }
}
