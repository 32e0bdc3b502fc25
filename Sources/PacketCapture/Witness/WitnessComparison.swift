package import Conformance
import Network

/// Whether the packets on the wire and the actors' own record tell the same, byte for byte.
package enum WitnessComparison: Sendable, Equatable {
    case agree
    /// What the one has and the other has not, in sentences.
    case disagree([String])

    /// Compares what passed the wire with what the actors have sent and received.
    ///
    /// Of datagrams all count, and their order; of streams, the bytes of each direction. What passed after the actors
    /// had ceased to look is nobody's contradiction, nor is what a reset connection has not delivered.
    package init(wire: Capture, actors: Trace) {
        self.init(CaptureDissection(wire), actors, defects: wire.defects)
    }

    init(_ wire: CaptureDissection, _ actors: Trace, defects: [String]) {
        let testimony = Testimony(actors)
        var sentences = defects + wire.defects
        var onWire: [Flow: [Sighting]] = [:]
        for sighting in wire.sightings { onWire[Flow(sighting), default: []].append(sighting) }
        let flows = Set(testimony.flows).union(onWire.keys.filter(testimony.concerns)).sorted()
        for flow in flows {
            let wasReset = wire.resets.contains(SocketPair(flow.source, flow.destination))
            for view in testimony.views(of: flow) {
                let seen = onWire[flow] ?? []
                switch flow.transport {
                case .udp: sentences += DatagramComparison(view, seen, actors).sentences
                case .tcp, .tls: sentences += StreamComparison(view, seen, actors, wasReset: wasReset).sentences
                }
            }
        }
        self = sentences.isEmpty ? .agree : .disagree(sentences)
    }
}
