import Conformance
import Network

/// One direction of a connection on the wire, against what an actor at one end has seen of it.
struct StreamComparison {
    let sentences: [String]

    init(_ view: FlowView, _ wire: [Sighting], _ trace: Trace, wasReset: Bool) {
        let words = WitnessWords(view, trace.cast)
        let known = view.entries.flatMap { if case .stream(let bytes) = $0.content { bytes } else { [UInt8]() } }
        var position = 0
        var excess = 0
        var sentences: [String] = []
        for sighting in wire {
            switch sighting.kind {
            case .stream:
                let expected = known[min(position, known.count)...].prefix(sighting.bytes.count)
                if let place = zip(expected, sighting.bytes).enumerated().first(where: { $0.element.0 != $0.element.1 })
                {
                    self.sentences = sentences + [words.differs(at: position + place.offset)]
                    return
                }
                if sighting.time <= trace.end { excess += sighting.bytes.count - expected.count }
                position += sighting.bytes.count
            case .gap(let count):
                sentences.append(words.lacks(count, at: position))
                position += count
            case .datagram, .opened, .closed:
                break
            }
        }
        if excess > 0, !view.hasClosed, !wasReset { sentences.append(words.exceeds(excess, at: known.count)) }
        if position < known.count, !wasReset { sentences.append(words.lacks(known.count - position, at: position)) }
        self.sentences = sentences
    }
}
