import Network

/// One direction of a TCP connection, whose segments may come twice, overlap, or come in any order.
///
/// RFC 9293 §3.4; where copies of a byte differ, the one that came first counts.
struct StreamAssembly {
    /// A segment, with the packet that brought it.
    struct Arrival {
        var sequence: UInt32
        var bytes: ArraySlice<UInt8>
        var endsStream = false
        var time: Instant
        var packet: Int

        fileprivate var end: UInt32 { sequence &+ UInt32(truncatingIfNeeded: bytes.count) }
    }

    enum Output: Equatable {
        case bytes(ArraySlice<UInt8>, time: Instant, packet: Int)
        case gap(Int, time: Instant, packet: Int)
        case end(time: Instant, packet: Int)
    }

    /// The sequence number of the next byte, once any is known.
    private(set) var next: UInt32?
    /// What has come too early, in the order of the stream.
    private var waiting: [Arrival] = []
    /// The furthest acknowledgment of the receiver, who may have got more than the capture shows.
    private var acknowledged: (sequence: UInt32, time: Instant, packet: Int)?
    private var hasEnded = false

    /// Begins the stream with this sequence number if nothing is known of it.
    mutating func begin(at sequence: UInt32) {
        next = next ?? sequence
    }

    mutating func add(_ arrival: Arrival) -> [Output] {
        guard !hasEnded else { return [] }
        begin(at: arrival.sequence)
        guard distance(to: arrival.sequence) <= 0 else {
            enqueue(arrival)
            return []
        }
        var outputs = take(arrival, time: arrival.time, packet: arrival.packet)
        var ready = 0
        while ready < waiting.count, distance(to: waiting[ready].sequence) <= 0 {
            outputs += take(waiting[ready], time: arrival.time, packet: arrival.packet)
            ready += 1
        }
        waiting.removeFirst(ready)
        return outputs
    }

    mutating func acknowledge(_ sequence: UInt32, time: Instant, packet: Int) {
        begin(at: sequence)
        if let known = acknowledged, Int32(bitPattern: sequence &- known.sequence) <= 0 { return }
        acknowledged = (sequence, time, packet)
    }

    /// Gives up what has not come, and takes what waits behind it.
    mutating func finish() -> [Output] {
        var outputs: [Output] = []
        for arrival in waiting {
            let missing = distance(to: arrival.sequence)
            if missing > 0 {
                outputs.append(.gap(missing, time: arrival.time, packet: arrival.packet))
                next = arrival.sequence
            }
            outputs += take(arrival, time: arrival.time, packet: arrival.packet)
        }
        waiting = []
        guard let acknowledged, !hasEnded else { return outputs }
        let missing = distance(to: acknowledged.sequence)
        // An end that was not captured takes one number too.
        guard missing > 1 else { return outputs }
        next = acknowledged.sequence
        return outputs + [.gap(missing, time: acknowledged.time, packet: acknowledged.packet)]
    }

    /// How far the sequence number is ahead of the next byte, modulo 2³².
    private func distance(to sequence: UInt32) -> Int { Int(Int32(bitPattern: sequence &- (next ?? sequence))) }

    private mutating func enqueue(_ arrival: Arrival) {
        guard !arrival.bytes.isEmpty || arrival.endsStream else { return }
        let place = distance(to: arrival.sequence)
        var (low, high) = (0, waiting.count)
        while low < high {
            let middle = (low + high) / 2
            if distance(to: waiting[middle].sequence) <= place { low = middle + 1 } else { high = middle }
        }
        waiting.insert(arrival, at: low)
    }

    /// Takes what is new in an arrival that does not begin ahead of the next byte.
    private mutating func take(_ arrival: Arrival, time: Instant, packet: Int) -> [Output] {
        let fresh = arrival.bytes.dropFirst(-distance(to: arrival.sequence))
        var outputs: [Output] = []
        if !fresh.isEmpty, !hasEnded {
            outputs.append(.bytes(fresh, time: time, packet: packet))
            next = arrival.end
        }
        if arrival.endsStream, !hasEnded, next == arrival.end {
            hasEnded = true
            outputs.append(.end(time: time, packet: packet))
        }
        return outputs
    }
}
