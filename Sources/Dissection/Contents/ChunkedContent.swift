/// The bytes of one message as its chunks bring them, in any order.
///
/// RFC 4975 §7.3.1; where chunks overlap, the one that came last wins.
struct ChunkedContent {
    private var chunks: [(start: Int, body: [UInt8])] = []
    /// The bytes that have come, counted from 0: sorted ranges that neither touch nor overlap.
    private var arrived: [Range<Int>] = []
    private var total: Int?
    private var hasEnd = false

    /// Takes the body of a chunk that begins at this byte, counted from 1.
    mutating func add(_ body: [UInt8], at start: Int, announcedTotal: Int?, isLast: Bool) {
        let start = max(start, 1) - 1
        total = total ?? announcedTotal
        if isLast {
            hasEnd = true
            total = total ?? start + body.count
        }
        guard !body.isEmpty else { return }
        chunks.append((start, body))
        mark(start..<(start + body.count))
    }

    /// Whether every byte has come, and the chunk that ends the message.
    var isComplete: Bool {
        guard hasEnd, let total else { return false }
        return total == 0 ? arrived.isEmpty : arrived == [0..<total]
    }

    /// The bytes from the first on without a gap, as far as they go.
    var contiguous: [UInt8] {
        guard let first = arrived.first, first.lowerBound == 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: first.upperBound)
        for (start, body) in chunks where start < bytes.count {
            bytes.replaceSubrange(start..<(start + body.count), with: body)
        }
        return bytes
    }

    private mutating func mark(_ range: Range<Int>) {
        let from = firstIndex(endingAtOrAfter: range.lowerBound)
        var to = from
        var merged = range
        while to < arrived.count, arrived[to].lowerBound <= range.upperBound {
            merged = min(merged.lowerBound, arrived[to].lowerBound)..<max(merged.upperBound, arrived[to].upperBound)
            to += 1
        }
        arrived.replaceSubrange(from..<to, with: CollectionOfOne(merged))
    }

    private func firstIndex(endingAtOrAfter bound: Int) -> Int {
        var (low, high) = (0, arrived.count)
        while low < high {
            let middle = (low + high) / 2
            if arrived[middle].upperBound >= bound { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
