import Conformance
import Network

/// What goes from one socket to another by one transport.
struct Flow: Hashable, Comparable {
    var transport: TransportProtocol
    var source: SocketAddress
    var destination: SocketAddress

    init(_ transport: TransportProtocol, _ source: SocketAddress, _ destination: SocketAddress) {
        self.transport = transport
        self.source = source
        self.destination = destination
    }

    init(_ entry: TraceEntry) {
        self.init(entry.transport, entry.source, entry.destination)
    }

    init(_ sighting: Sighting) {
        self.init(sighting.kind == .datagram ? .udp : .tcp, sighting.source, sighting.destination)
    }

    var reversed: Flow { Flow(transport, destination, source) }

    static func < (left: Flow, right: Flow) -> Bool {
        (left.source, left.destination, left.transport.rawValue)
            < (right.source, right.destination, right.transport.rawValue)
    }
}
