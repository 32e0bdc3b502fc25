import Network

/// The sequence numbers of the connections in a recording, and the segments that carry them.
struct RecordedStreams {
    /// A segment with the sockets it goes between.
    struct Directed {
        var segment: TCPSegment
        var source: SocketAddress
        var destination: SocketAddress
    }

    /// The next sequence number of each direction that has one.
    private var next: [Direction: UInt32] = [:]
    private var connections: UInt32 = 0

    private struct Direction: Hashable {
        var source: SocketAddress
        var destination: SocketAddress
    }

    /// The handshake of a connection.
    mutating func open(from source: SocketAddress, to destination: SocketAddress) -> [Directed] {
        begin(source, destination)
        let opening = segment(from: source, to: destination, .syn)
        advance(source, destination, by: 1)
        let answer = segment(from: destination, to: source, [.syn, .ack])
        advance(destination, source, by: 1)
        return [opening, answer, segment(from: source, to: destination, .ack)]
    }

    mutating func segments(
        of bytes: [UInt8], from source: SocketAddress, to destination: SocketAddress, limit: Int
    ) -> [Directed] {
        join(source, destination)
        return stride(from: 0, to: bytes.count, by: limit).map { start in
            let end = min(bytes.count, start + limit)
            let flags: TCPSegment.Flags = end == bytes.count ? [.psh, .ack] : .ack
            defer { advance(source, destination, by: end - start) }
            return segment(from: source, to: destination, flags, bytes[start..<end])
        }
    }

    /// Leaves bytes out, which the receiver acknowledges all the same.
    mutating func skip(_ count: Int, from source: SocketAddress, to destination: SocketAddress) -> Directed {
        join(source, destination)
        advance(source, destination, by: count)
        return segment(from: destination, to: source, .ack)
    }

    /// The end of one direction, or the refusal of a connection of which nothing has been seen.
    mutating func close(from source: SocketAddress, to destination: SocketAddress) -> Directed {
        guard next[Direction(source: source, destination: destination)] != nil else {
            begin(source, destination)
            defer { forget(source, destination) }
            return segment(from: source, to: destination, [.rst, .ack])
        }
        defer { advance(source, destination, by: 1) }
        return segment(from: source, to: destination, [.fin, .ack])
    }

    private mutating func begin(_ source: SocketAddress, _ destination: SocketAddress) {
        connections &+= 1
        // Any spreading will do that differs between successive connections of the same sockets.
        let sequence = connections &* 2_654_435_761
        next[Direction(source: source, destination: destination)] = sequence
        next[Direction(source: destination, destination: source)] = sequence ^ 0x8000_0000
    }

    /// Goes on with a connection whose beginning has not been seen.
    private mutating func join(_ source: SocketAddress, _ destination: SocketAddress) {
        guard next[Direction(source: source, destination: destination)] == nil else { return }
        begin(source, destination)
    }

    private mutating func forget(_ source: SocketAddress, _ destination: SocketAddress) {
        next[Direction(source: source, destination: destination)] = nil
        next[Direction(source: destination, destination: source)] = nil
    }

    private mutating func advance(_ source: SocketAddress, _ destination: SocketAddress, by count: Int) {
        next[Direction(source: source, destination: destination), default: 0] &+= UInt32(truncatingIfNeeded: count)
    }

    private func segment(
        from source: SocketAddress, to destination: SocketAddress, _ flags: TCPSegment.Flags,
        _ payload: ArraySlice<UInt8> = []
    ) -> Directed {
        let acknowledged = next[Direction(source: destination, destination: source)] ?? 0
        let segment = TCPSegment(
            sourcePort: source.port, destinationPort: destination.port,
            sequence: next[Direction(source: source, destination: destination)] ?? 0,
            acknowledgment: flags.contains(.ack) ? acknowledged : 0, flags: flags, payload: payload)
        return Directed(segment: segment, source: source, destination: destination)
    }
}
