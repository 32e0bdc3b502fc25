import Conformance
import Network

/// What a packet shows to have happened between two sockets.
struct Sighting: Equatable {
    enum Kind: Equatable {
        case datagram
        case opened
        case stream
        case gap(Int)
        case closed
    }

    var time: Instant
    var source: SocketAddress
    var destination: SocketAddress
    var kind: Kind
    var bytes: [UInt8]
    /// The number of the packet that completes it, counted from 1.
    var packet: Int
    /// Where it stands among the sightings of the same time: behind this packet.
    var rank: Int

    init(
        time: Instant, source: SocketAddress, destination: SocketAddress, kind: Kind, bytes: [UInt8] = [], packet: Int,
        rank: Int? = nil
    ) {
        self.time = time
        self.source = source
        self.destination = destination
        self.kind = kind
        self.bytes = bytes
        self.packet = packet
        self.rank = rank ?? packet
    }

    var content: TraceEntry.Content {
        switch kind {
        case .datagram: .datagram(bytes)
        case .opened: .opened
        case .stream: .stream(bytes)
        case .gap(let count): .gap(count: count)
        case .closed: .closed
        }
    }
}

/// Two sockets that have a connection, whichever has opened it.
struct SocketPair: Hashable {
    let first: SocketAddress
    let second: SocketAddress

    init(_ one: SocketAddress, _ other: SocketAddress) {
        first = min(one, other)
        second = max(one, other)
    }
}
