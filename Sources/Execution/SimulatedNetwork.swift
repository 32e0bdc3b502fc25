import Bytes
import Network

/// A network in memory: what nodes send comes out later as events, as the conditions and the seed decide.
struct SimulatedNetwork<Name: Hashable & Sendable>: Sendable {
    private struct End: Hashable, Sendable {
        var node: Name
        var connection: ConnectionID
    }

    private struct Link: Sendable {
        var peer: End
        var local: SocketAddress
        var remote: SocketAddress
        /// When the last byte sent so far from this end arrives; nothing overtakes it.
        var arrives: Instant
    }

    /// Something that will happen to a node.
    struct Delivery: Sendable {
        var node: Name
        var event: NodeEvent
    }

    private var conditions: NetworkConditions
    private var generator: SeededGenerator
    private var listeners: [ListeningPoint: Name] = [:]
    /// Whom nodes let in where they secure connections.
    private var admissions: [ListeningPoint: ExpectedPeer] = [:]
    /// The certificates that nodes show, of which there is nothing but the fingerprint.
    private var certificates: [Name: CertificateFingerprint] = [:]
    private var links: [End: Link] = [:]
    private var accepted = 0
    private var lastPort = Self.ports.upperBound

    /// The ports of the ends that open connections, taken in turn.
    private static var ports: ClosedRange<UInt16> { 40_001...(.max) }

    init(conditions: NetworkConditions, generator: SeededGenerator) {
        self.conditions = conditions
        self.generator = generator
    }

    mutating func attach(
        _ node: Name, listeningPoints: [ListeningPoint], certificate: CertificateFingerprint? = nil
    ) {
        for point in listeningPoints {
            let place = ListeningPoint(point.transport, point.address)
            (listeners[place], admissions[place]) = (node, point.admitted)
        }
        certificates[node] = certificate
    }

    /// What comes of a datagram: no delivery, one, or two.
    mutating func carry(
        _ bytes: [UInt8], from source: SocketAddress, to destination: SocketAddress, by sender: Name, at time: Instant
    ) -> [(Delivery, at: Instant)] {
        guard let receiver = listeners[ListeningPoint(.udp, destination)] else {
            let event = NodeEvent.undeliverable(to: destination, reason: "nobody listens on \(destination) (UDP)")
            return [(Delivery(node: sender, event: event), time + delay())]
        }
        guard !occurs(conditions.loss) else { return [] }
        let copies = occurs(conditions.duplication) ? 2 : 1
        return (0..<copies).map { _ in
            var arrival = time + delay()
            if occurs(conditions.reordering) { arrival = arrival + conditions.delay.upperBound * 2 }
            return (Delivery(node: receiver, event: .datagram(bytes, from: source, to: destination)), arrival)
        }
    }

    /// Opens a connection, which is secured where somebody is expected; bytes on it are in plain text all the same.
    mutating func connect(
        _ connection: ConnectionID, of node: Name, from address: IPAddress, to remote: SocketAddress,
        expecting peer: ExpectedPeer? = nil, at time: Instant
    ) -> [(Delivery, at: Instant)] {
        let place = ListeningPoint(peer == nil ? .tcp : .tls, remote)
        func refused(_ reason: String) -> Delivery {
            Delivery(node: node, event: .closed(connection, reason: reason))
        }
        guard let listener = listeners[place] else {
            let name = place.transport.rawValue.uppercased()
            return [(refused("connection refused: nobody listens on \(remote) (\(name))"), time + delay())]
        }
        if case .fingerprint(let expected) = peer, certificates[listener] != expected {
            return [(refused("\(remote) (TLS): its certificate has not the fingerprint \(expected)"), time + delay())]
        }
        lastPort = lastPort == Self.ports.upperBound ? Self.ports.lowerBound : lastPort + 1
        let local = SocketAddress(address, port: lastPort)
        let opener = End(node: node, connection: connection)
        let acceptor = End(node: listener, connection: ConnectionID(2 * accepted + 1))
        accepted += 1
        let arrival = time + delay()
        let confirmation = arrival + delay()
        links[opener] = Link(peer: acceptor, local: local, remote: remote, arrives: arrival)
        links[acceptor] = Link(peer: opener, local: remote, remote: local, arrives: confirmation)
        var deliveries = [
            (
                Delivery(node: listener, event: .accepted(acceptor.connection, local: remote, remote: local)),
                at: arrival
            )
        ]
        if let shown = certificates[node], admissions[place] ?? .anybody != .anybody {
            deliveries.append((Delivery(node: listener, event: .certified(acceptor.connection, [shown])), arrival))
        }
        deliveries.append(
            (Delivery(node: node, event: .connected(connection, local: local, remote: remote)), confirmation))
        return deliveries
    }

    /// The pieces in which the bytes arrive, in order and complete.
    mutating func write(
        _ bytes: [UInt8], on connection: ConnectionID, of node: Name, at time: Instant
    ) -> [(Delivery, at: Instant)] {
        let end = End(node: node, connection: connection)
        guard var link = links[end] else { return [] }
        var deliveries: [(Delivery, at: Instant)] = []
        var start = 0
        while start < bytes.count {
            let limit = min(bytes.count - start, conditions.largestSegment)
            let count = conditions.largestSegment == .max ? limit : Int.random(in: 1...limit, using: &generator)
            link.arrives = max(link.arrives, time + delay())
            let piece = Array(bytes[start..<(start + count)])
            let event = NodeEvent.received(link.peer.connection, piece)
            deliveries.append((Delivery(node: link.peer.node, event: event), link.arrives))
            start += count
        }
        links[end] = link
        return deliveries
    }

    mutating func close(
        _ connection: ConnectionID, of node: Name, at time: Instant
    ) -> [(Delivery, at: Instant)] {
        guard let link = links.removeValue(forKey: End(node: node, connection: connection)) else { return [] }
        let arrival = max(link.arrives, time + delay())
        return [(Delivery(node: link.peer.node, event: .closed(link.peer.connection, reason: nil)), arrival)]
    }

    /// Whether a delivery still has a receiver; a node that has closed a connection hears no more of it.
    mutating func admits(_ delivery: Delivery) -> Bool {
        switch delivery.event {
        case .connected(let connection, _, _), .accepted(let connection, _, _), .certified(let connection, _),
            .received(let connection, _):
            return links[End(node: delivery.node, connection: connection)] != nil
        case .closed(let connection, let reason):
            let wasOpen = links.removeValue(forKey: End(node: delivery.node, connection: connection)) != nil
            return wasOpen || reason != nil
        case .start, .datagram, .refused, .undeliverable, .timer:
            return true
        }
    }

    private mutating func occurs(_ probability: Double) -> Bool {
        probability > 0 && Double.random(in: 0..<1, using: &generator) < probability
    }

    private mutating func delay() -> Duration {
        let (low, high) = (conditions.delay.lowerBound.nanoseconds, conditions.delay.upperBound.nanoseconds)
        return .nanoseconds(low == high ? low : Int64.random(in: low...high, using: &generator))
    }
}
