package import Conformance
import Network

/// The actors' own record as a capture: the packets that would have carried what they sent and received.
///
/// Needs no right to capture, and shows every byte that the actors know of. Handshakes, sequence numbers and
/// segments are made up; of what two recorded actors exchange, the sender's copy alone is written.
package struct Recording: Sendable {
    private static let remark =
        "The packets are made up from what the actors have sent and received; only what they carry is evidence."

    package private(set) var capture: Capture
    /// The trace that was recorded, in which every entry names its packet.
    package private(set) var trace: Trace
    private var builder = PacketBuilder()
    private var streams = RecordedStreams()
    private var index = FlowIndex()

    /// Records the trace.
    ///
    /// - Parameters:
    ///   - trace: What the actors have seen.
    ///   - runID: The run that the capture belongs to.
    ///   - describe: Says in words what happens at an entry, for the comment of its packets.
    package init(of trace: Trace, runID: String? = nil, describe: (TraceEntry) -> String? = { _ in nil }) {
        self.trace = trace
        capture = Capture(
            comments: [CaptureMetadata(of: trace, runID: runID).comment, Self.remark], application: "Parley",
            interfaces: [Capture.Interface(linkType: .raw, name: "actors")], names: trace.cast.names)
        let sent = Set(trace.entries.filter { $0.witness == .sender }.map(Flow.init))
        let isCopy = trace.entries.map { $0.witness == .receiver && sent.contains(Flow($0)) }
        for (place, entry) in trace.entries.enumerated() where !isCopy[place] {
            self.trace.entries[place].packet = write(entry, comment: entry.comment(describe(entry)))
            index.add(self.trace.entries[place])
        }
        for place in trace.entries.indices where isCopy[place] {
            self.trace.entries[place].packet = index.match(trace.entries[place])?.packet
        }
    }

    /// Writes the packets of an entry.
    ///
    /// - Returns: The number of the packet that completes it.
    private mutating func write(_ entry: TraceEntry, comment: String?) -> Int? {
        switch entry.content {
        case .datagram(let bytes):
            guard bytes.count <= PacketBuilder.largestDatagram(isIPv6: entry.source.address.isIPv6) else {
                trace.defects.append("A datagram of \(bytes.count) bytes fits no packet and is not in the capture.")
                return nil
            }
            add(builder.datagram(bytes, from: entry.source, to: entry.destination), entry, comment)
            return capture.packets.count
        case .opened:
            add(streams.open(from: entry.source, to: entry.destination), entry, comment)
            return capture.packets.count - 1
        case .stream(let bytes):
            guard !bytes.isEmpty else { return nil }
            let limit = PacketBuilder.largestSegment(isIPv6: entry.source.address.isIPv6)
            add(streams.segments(of: bytes, from: entry.source, to: entry.destination, limit: limit), entry, comment)
        case .gap(let count):
            add([streams.skip(count, from: entry.source, to: entry.destination)], entry, comment)
        case .closed:
            add([streams.close(from: entry.source, to: entry.destination)], entry, comment)
        }
        return capture.packets.count
    }

    private mutating func add(_ segments: [RecordedStreams.Directed], _ entry: TraceEntry, _ comment: String?) {
        for segment in segments {
            let bytes = builder.segment(
                segment.segment, from: segment.source.address, to: segment.destination.address)
            add(bytes, entry, comment)
        }
    }

    private mutating func add(_ bytes: [UInt8], _ entry: TraceEntry, _ comment: String?) {
        let direction: Capture.Packet.Direction? =
            switch entry.witness {
            case .sender: .outbound
            case .receiver: .inbound
            case .path: nil
            }
        capture.packets.append(
            Capture.Packet(
                time: entry.time, bytes: bytes, direction: direction, comments: comment.map { [$0] } ?? []))
    }
}

extension TraceEntry {
    /// The comment of the packets of this entry.
    func comment(_ sentence: String?) -> String? {
        step.map { StepComment(step: $0, sentence: sentence).text } ?? sentence
    }
}

extension Cast {
    /// The parties as names of their addresses.
    var names: [Capture.Name] {
        parties.flatMap { party in
            party.addresses.map { Capture.Name(address: $0, name: party.name.description) }
        }
    }
}
