import Network

/// One TCP connection as its segments show it, whether or not the capture saw it from its beginning.
///
/// RFC 9293 §3.3.2
struct TCPConnection {
    /// A segment between two sockets, with the packet that brought it.
    struct Sight {
        var segment: TCPSegment
        var source: SocketAddress
        var destination: SocketAddress
        var time: Instant
        var packet: Int
    }

    private(set) var sightings: [Sighting] = []
    private(set) var wasReset = false
    private var opener: SocketAddress?
    private var openerSequence: UInt32?
    private var answerSequence: UInt32?
    private var isOpened = false
    /// What each end sends.
    private var streams: [SocketAddress: StreamAssembly] = [:]
    private var ends: [SocketAddress] = []
    private var closed: Set<SocketAddress> = []
    /// Where the latest sighting of each direction stands.
    private var latest: [SocketAddress: Int] = [:]

    /// Whether the segment opens another connection between the same sockets.
    func isSucceeded(by sight: Sight) -> Bool {
        let segment = sight.segment
        guard segment.flags.contains(.syn) else { return false }
        let isAnswer = segment.flags.contains(.ack)
        guard let known = isAnswer ? answerSequence : openerSequence else {
            guard isAnswer, let openerSequence else { return !streams.isEmpty }
            return isOpened && segment.acknowledgment != openerSequence &+ 1
        }
        return known != segment.sequence
    }

    mutating func add(_ sight: Sight) {
        ends = [sight.source, sight.destination]
        let flags = sight.segment.flags
        if flags.contains(.rst) {
            reset(sight)
        } else if flags.contains(.syn) {
            open(sight)
        } else {
            exchange(sight)
        }
    }

    /// Gives up what is missing in either direction.
    mutating func finish() {
        for (source, destination) in zip(ends, ends.reversed()) {
            report(streams[source]?.finish() ?? [], from: source, to: destination)
        }
    }

    private mutating func open(_ sight: Sight) {
        let segment = sight.segment
        streams[sight.source, default: StreamAssembly()].begin(at: segment.sequence &+ 1)
        if segment.flags.contains(.ack) {
            streams[sight.destination, default: StreamAssembly()].begin(at: segment.acknowledgment)
            opener = sight.destination
            answerSequence = segment.sequence
            noteOpened(sight)
        } else {
            opener = sight.source
            openerSequence = segment.sequence
        }
        addBytes(sight, at: segment.sequence &+ 1)
    }

    private mutating func exchange(_ sight: Sight) {
        let segment = sight.segment
        // The answer to the opening was not captured.
        if opener != nil { noteOpened(sight) }
        if segment.flags.contains(.ack) {
            streams[sight.destination, default: StreamAssembly()].acknowledge(
                segment.acknowledgment, time: sight.time, packet: sight.packet)
        }
        streams[sight.source, default: StreamAssembly()].begin(at: segment.sequence)
        addBytes(sight, at: segment.sequence)
    }

    private mutating func reset(_ sight: Sight) {
        guard !wasReset, closed.count < 2 else { return }
        finish()
        wasReset = true
        close(from: sight.source, to: sight.destination, time: sight.time, packet: sight.packet)
    }

    private mutating func addBytes(_ sight: Sight, at sequence: UInt32) {
        let segment = sight.segment
        let ends = segment.flags.contains(.fin)
        guard !segment.payload.isEmpty || ends else { return }
        let isWhole = segment.payload.count == segment.originalLength
        var arrivals = [
            StreamAssembly.Arrival(
                sequence: sequence, bytes: segment.payload, endsStream: ends && isWhole, time: sight.time,
                packet: sight.packet)
        ]
        if ends, !isWhole {
            let end = sequence &+ UInt32(truncatingIfNeeded: segment.originalLength)
            arrivals.append(
                StreamAssembly.Arrival(
                    sequence: end, bytes: [], endsStream: true, time: sight.time, packet: sight.packet))
        }
        for arrival in arrivals {
            report(streams[sight.source]?.add(arrival) ?? [], from: sight.source, to: sight.destination)
        }
    }

    private mutating func noteOpened(_ sight: Sight) {
        guard !isOpened, let opener else { return }
        isOpened = true
        let acceptor = opener == sight.source ? sight.destination : sight.source
        report(.opened, [], time: sight.time, packet: sight.packet, from: opener, to: acceptor)
    }

    private mutating func report(
        _ outputs: [StreamAssembly.Output], from source: SocketAddress, to destination: SocketAddress
    ) {
        for output in outputs {
            switch output {
            case .bytes(let bytes, let time, let packet):
                report(.stream, bytes, time: time, packet: packet, from: source, to: destination)
            case .gap(let count, let time, let packet):
                report(.gap(count), [], time: time, packet: packet, from: source, to: destination)
            case .end(let time, let packet):
                close(from: source, to: destination, time: time, packet: packet)
            }
        }
    }

    private mutating func close(
        from source: SocketAddress, to destination: SocketAddress, time: Instant, packet: Int
    ) {
        guard closed.insert(source).inserted else { return }
        report(.closed, [], time: time, packet: packet, from: source, to: destination)
    }

    /// Notes the sighting; bytes of one direction with the same time are one arrival, however many packets they took,
    /// unless something has come the other way in between.
    private mutating func report(
        _ kind: Sighting.Kind, _ bytes: ArraySlice<UInt8>, time: Instant, packet: Int, from source: SocketAddress,
        to destination: SocketAddress
    ) {
        var (time, rank) = (time, packet)
        if let index = latest[source] {
            time = max(time, sightings[index].time)
            rank = max(rank, sightings[index].rank)
            let isLast = index == sightings.count - 1
            if isLast, kind == .stream, sightings[index].kind == .stream, sightings[index].time == time {
                sightings[index].bytes += bytes
                sightings[index].packet = max(sightings[index].packet, packet)
                return
            }
        }
        latest[source] = sightings.count
        sightings.append(
            Sighting(
                time: time, source: source, destination: destination, kind: kind, bytes: Array(bytes), packet: packet,
                rank: rank))
    }
}
