import Conformance
import Network

/// Entries of one witness, to be found again by what another witness has seen of the same flows.
struct FlowIndex {
    private struct Key: Hashable {
        var flow: Flow
        var content: Content
    }

    private enum Content: Hashable {
        case datagram([UInt8])
        case opened
        case closed
    }

    private var entries: [Key: [TraceEntry]] = [:]
    private var found: [Key: Int] = [:]
    /// For each stream, its entries with where they end.
    private var streams: [Flow: [(end: Int, entry: TraceEntry)]] = [:]
    private var positions: [Flow: Int] = [:]

    mutating func add(_ entry: TraceEntry) {
        if let length = entry.length {
            let flow = Flow(entry)
            let start = streams[flow]?.last?.end ?? 0
            streams[flow, default: []].append((start + length, entry))
        } else if let key = key(of: entry) {
            entries[key, default: []].append(entry)
        }
    }

    /// The entry that shows the same as this one, which must come in the order of its flow.
    ///
    /// - Returns: Of a stream, the entry with the last byte of this one; nil where there is none.
    mutating func match(_ entry: TraceEntry) -> TraceEntry? {
        if let length = entry.length {
            let flow = Flow(entry)
            let position = (positions[flow] ?? 0) + length
            positions[flow] = position
            return entryWithByte(before: position, of: flow)
        }
        guard let key = key(of: entry), let candidates = entries[key] else { return nil }
        let index = found[key] ?? 0
        found[key] = index + 1
        return index < candidates.count ? candidates[index] : nil
    }

    private func entryWithByte(before position: Int, of flow: Flow) -> TraceEntry? {
        guard let ends = streams[flow] else { return nil }
        var (low, high) = (0, ends.count)
        while low < high {
            let middle = (low + high) / 2
            if ends[middle].end < position { low = middle + 1 } else { high = middle }
        }
        return low < ends.count ? ends[low].entry : nil
    }

    private func key(of entry: TraceEntry) -> Key? {
        switch entry.content {
        case .datagram(let bytes): Key(flow: Flow(entry), content: .datagram(bytes))
        case .opened: Key(flow: Flow(entry), content: .opened)
        case .closed: Key(flow: Flow(entry), content: .closed)
        case .stream, .gap: nil
        }
    }
}

extension TraceEntry {
    /// How much of a stream the entry is, or nil for one that is none.
    var length: Int? {
        switch content {
        case .stream(let bytes): bytes.count
        case .gap(let count): count
        case .datagram, .opened, .closed: nil
        }
    }
}
