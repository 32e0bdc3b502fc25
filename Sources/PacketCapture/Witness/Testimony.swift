import Conformance
import Network

/// The actors' own record, by flows.
struct Testimony {
    private var sent: [Flow: [TraceEntry]] = [:]
    private var received: [Flow: [TraceEntry]] = [:]
    /// The addresses of those who record what they send and receive.
    private var recorded: Set<IPAddress>

    init(_ trace: Trace) {
        // What was seen on the way is the record of neither end.
        let foreign = trace.entries.filter { $0.witness == .path }.flatMap {
            [$0.source.address, $0.destination.address]
        }
        recorded = Set(trace.cast.clients.flatMap(\.addresses)).subtracting(foreign)
        for entry in trace.entries {
            switch entry.witness {
            case .sender:
                sent[Flow(entry), default: []].append(entry)
                recorded.insert(entry.source.address)
            case .receiver:
                received[Flow(entry), default: []].append(entry)
                recorded.insert(entry.destination.address)
            case .path:
                break
            }
        }
    }

    var flows: [Flow] { Array(Set(sent.keys).union(received.keys)) }

    /// Whether an actor that records is at an end of the flow.
    func concerns(_ flow: Flow) -> Bool {
        recorded.contains(flow.source.address) || recorded.contains(flow.destination.address)
    }

    /// What is known of the flow at each end where somebody records.
    func views(of flow: Flow) -> [FlowView] {
        var views: [FlowView] = []
        if recorded.contains(flow.source.address) {
            views.append(FlowView(flow: flow, witness: .sender, entries: sent[flow] ?? [], hasClosed: false))
        }
        if recorded.contains(flow.destination.address) {
            let closing = sent[flow.reversed, default: []].contains { $0.content == .closed }
            views.append(
                FlowView(flow: flow, witness: .receiver, entries: received[flow] ?? [], hasClosed: closing))
        }
        return views
    }
}

/// What the actors have seen of one flow, at one of its ends.
struct FlowView {
    let flow: Flow
    let witness: Witness
    let entries: [TraceEntry]
    /// Whether the actor at this end has closed the connection itself, and so stopped looking.
    let hasClosed: Bool
}
