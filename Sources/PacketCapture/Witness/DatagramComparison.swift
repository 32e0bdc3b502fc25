import Conformance
import Network

/// The datagrams of one flow on the wire, against those that an actor at one end has seen.
struct DatagramComparison {
    let sentences: [String]

    init(_ view: FlowView, _ wire: [Sighting], _ trace: Trace) {
        let words = WitnessWords(view, trace.cast)
        let known = view.entries.compactMap { if case .datagram(let bytes) = $0.content { bytes } else { nil } }
        var unmatched: [[UInt8]: Int] = [:]
        for bytes in known { unmatched[bytes, default: 0] += 1 }
        var extra: [Sighting] = []
        var matched: [[UInt8]] = []
        for sighting in wire {
            if let count = unmatched[sighting.bytes], count > 0 {
                unmatched[sighting.bytes] = count - 1
                matched.append(sighting.bytes)
            } else if sighting.time <= trace.end {
                extra.append(sighting)
            }
        }
        var missing = known.filter { bytes in
            guard let count = unmatched[bytes], count > 0 else { return false }
            unmatched[bytes] = count - 1
            return true
        }
        var sentences: [String] = []
        for sighting in extra {
            // Of equal length, the one is taken for the other, altered.
            if let index = missing.firstIndex(where: { $0.count == sighting.bytes.count }) {
                sentences.append(words.altered(missing.remove(at: index), sighting))
            } else {
                sentences.append(words.unknown(sighting))
            }
        }
        sentences += missing.map(words.absent)
        if sentences.isEmpty, matched != known, trace.datagramsKeepOrder { sentences.append(words.disorder) }
        self.sentences = sentences
    }
}
