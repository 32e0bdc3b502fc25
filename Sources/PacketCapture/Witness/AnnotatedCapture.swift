package import Conformance
import Network

/// The packets on the wire, marked with what the actors know of them.
package struct AnnotatedCapture: Sendable {
    /// The packets, with the step in the comment of each that an actor has sent or received.
    package let capture: Capture
    /// The actors' own record, in which every entry names its packet.
    package let trace: Trace
    /// Whether the two witnesses agree.
    package let comparison: WitnessComparison

    /// Marks the packets of one test case.
    ///
    /// - Parameters:
    ///   - wire: The packets, as captured while the actors were acting.
    ///   - actors: What the actors have seen.
    ///   - runID: The run that the capture belongs to.
    ///   - describe: Says in words what happens at an entry, for the comment of its packets.
    package init(
        _ wire: Capture, with actors: Trace, runID: String? = nil, describe: (TraceEntry) -> String? = { _ in nil }
    ) {
        let dissection = CaptureDissection(wire)
        comparison = WitnessComparison(dissection, actors, defects: wire.defects)
        capture = Self.mark(wire, dissection.sightings, with: actors, runID, describe)
        trace = Self.number(actors, by: dissection.sightings)
    }

    private static func mark(
        _ wire: Capture, _ sightings: [Sighting], with actors: Trace, _ runID: String?,
        _ describe: (TraceEntry) -> String?
    ) -> Capture {
        var capture = wire
        capture.application = "Parley"
        capture.comments.insert(CaptureMetadata(of: actors, runID: runID).comment, at: 0)
        capture.names = actors.cast.names
        let sent = Set(actors.entries.filter { $0.witness == .sender }.map(Flow.init))
        var index = FlowIndex()
        for entry in actors.entries where entry.witness == .sender || !sent.contains(Flow(entry)) { index.add(entry) }
        for sighting in sightings {
            let seen = sighting.entry
            guard let known = index.match(seen), let comment = known.comment(describe(known)) else { continue }
            capture.packets[sighting.packet - 1].comments.append(comment)
        }
        return capture
    }

    private static func number(_ actors: Trace, by sightings: [Sighting]) -> Trace {
        var index = FlowIndex()
        for sighting in sightings { index.add(sighting.entry) }
        var (atSender, atReceiver) = (index, index)
        var trace = actors
        for place in trace.entries.indices {
            let entry = trace.entries[place]
            let match = entry.witness == .receiver ? atReceiver.match(entry) : atSender.match(entry)
            trace.entries[place].packet = match?.packet
        }
        return trace
    }
}

extension Sighting {
    /// The sighting as an entry of a trace, seen on the path.
    var entry: TraceEntry {
        TraceEntry(
            time: time, source: source, destination: destination, witness: .path, content: content, packet: packet)
    }
}
