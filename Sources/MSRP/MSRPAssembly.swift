/// A message whose chunks are arriving, in any order.
///
/// RFC 4975 §7.3.1; where chunks overlap, the one that arrived last wins.
struct MSRPAssembly: Sendable {
    enum Failure: Error {
        /// The chunk contradicts its own range or what earlier chunks said of the length.
        case contradiction
        /// The message would be longer than the limit.
        case tooLong
    }

    /// The chunk that arrived first, without its body.
    let first: MSRPMessage
    private(set) var bytes: [UInt8] = []
    private var total: Int?
    /// The parts of `bytes` that have arrived: sorted, and neither touching nor overlapping.
    private var arrived: [Range<Int>] = []
    private var hasEnd = false

    init(first chunk: MSRPMessage) {
        var first = chunk
        first.body = nil
        self.first = first
    }

    /// Whether every byte has arrived, and the chunk that ends the message.
    var isComplete: Bool {
        guard hasEnd, let total else { return false }
        return total == 0 || arrived == [0..<total]
    }

    /// Takes the body of a chunk, which may hold fewer bytes than its range announces when it was interrupted.
    mutating func add(_ chunk: MSRPMessage, at range: ByteRange, limit: Int) throws(Failure) {
        let body = chunk.body ?? []
        guard range.start >= 1 else { throw .contradiction }
        guard range.start <= limit else { throw .tooLong }
        let start = range.start - 1
        let end = start + body.count
        guard end <= limit, range.total ?? 0 <= limit else { throw .tooLong }
        if let announced = range.total {
            guard total ?? announced == announced, end <= announced else { throw .contradiction }
            total = announced
        } else if let total, end > total {
            throw .contradiction
        }
        if chunk.continuation == .complete {
            guard total ?? end == end else { throw .contradiction }
            total = end
            hasEnd = true
        }
        guard !body.isEmpty else { return }
        write(body, to: start..<end)
        mark(start..<end)
    }

    private mutating func write(_ body: [UInt8], to range: Range<Int>) {
        if bytes.count < range.lowerBound {
            bytes.append(contentsOf: repeatElement(0, count: range.lowerBound - bytes.count))
        }
        bytes.replaceSubrange(range.lowerBound..<min(range.upperBound, bytes.count), with: body)
    }

    private mutating func mark(_ range: Range<Int>) {
        if let last = arrived.indices.last, arrived[last].upperBound == range.lowerBound {
            arrived[last] = arrived[last].lowerBound..<range.upperBound
            return
        }
        let from = arrived.partition { $0.upperBound >= range.lowerBound }
        var to = from
        var merged = range
        while to < arrived.count, arrived[to].lowerBound <= range.upperBound {
            merged = min(merged.lowerBound, arrived[to].lowerBound)..<max(merged.upperBound, arrived[to].upperBound)
            to += 1
        }
        arrived.replaceSubrange(from..<to, with: [merged])
    }
}

extension [Range<Int>] {
    /// The index of the first range that satisfies the predicate, which all later ones must satisfy too.
    fileprivate func partition(where predicate: (Range<Int>) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if predicate(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
