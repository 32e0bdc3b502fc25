import Network

/// What the packets of a capture carry, layer by layer.
struct CaptureDissection {
    private(set) var sightings: [Sighting] = []
    /// The connections that a reset has cut off, so that not everything sent has arrived.
    private(set) var resets: Set<SocketPair> = []
    private(set) var defects: [String] = []
    private var defragmenter = Defragmenter()
    private var connections: [SocketPair: TCPConnection] = [:]
    private var unreadableLinks: [LinkType: Int] = [:]
    private var cutShort = 0
    private var malformed = 0

    init(_ capture: Capture) {
        for (index, packet) in capture.packets.enumerated() {
            guard capture.interfaces.indices.contains(packet.interface) else { continue }
            dissect(packet, number: index + 1, linkType: capture.interfaces[packet.interface].linkType)
        }
        for pair in connections.keys { end(pair) }
        sightings = sightings.enumerated()
            .sorted { ($0.element.time, $0.element.rank, $0.offset) < ($1.element.time, $1.element.rank, $1.offset) }
            .map(\.element)
        noteDefects()
    }

    private mutating func dissect(_ packet: Capture.Packet, number: Int, linkType: LinkType) {
        guard linkType.isKnown else {
            unreadableLinks[linkType, default: 0] += 1
            return
        }
        guard case .ip(let bytes) = linkType.frame(of: packet.bytes) else { return }
        guard let part = IPPacket(parsing: bytes) else {
            malformed += 1
            return
        }
        if part.payload.count < part.originalLength { cutShort += 1 }
        guard let whole = defragmenter.add(part, at: packet.time) else { return }
        switch whole.protocolNumber {
        case IPPacket.udp: addDatagram(whole, packet.time, number)
        case IPPacket.tcp: addSegment(whole, packet.time, number)
        default: break
        }
    }

    private mutating func addDatagram(_ packet: IPPacket, _ time: Instant, _ number: Int) {
        guard packet.payload.count == packet.originalLength else { return }
        guard let datagram = UDPDatagram(parsing: packet.payload) else {
            malformed += 1
            return
        }
        sightings.append(
            Sighting(
                time: time, source: SocketAddress(packet.source, port: datagram.sourcePort),
                destination: SocketAddress(packet.destination, port: datagram.destinationPort), kind: .datagram,
                bytes: Array(datagram.payload), packet: number))
    }

    private mutating func addSegment(_ packet: IPPacket, _ time: Instant, _ number: Int) {
        guard let segment = TCPSegment(parsing: packet) else {
            malformed += 1
            return
        }
        let sight = TCPConnection.Sight(
            segment: segment, source: SocketAddress(packet.source, port: segment.sourcePort),
            destination: SocketAddress(packet.destination, port: segment.destinationPort), time: time, packet: number)
        let pair = SocketPair(sight.source, sight.destination)
        if let known = connections[pair], known.isSucceeded(by: sight) { end(pair) }
        connections[pair, default: TCPConnection()].add(sight)
    }

    private mutating func end(_ pair: SocketPair) {
        guard var connection = connections.removeValue(forKey: pair) else { return }
        connection.finish()
        sightings += connection.sightings
        if connection.wasReset { resets.insert(pair) }
    }

    private mutating func noteDefects() {
        for (linkType, count) in unreadableLinks.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            defects.append("\(count.packets) left out: link type \(linkType.rawValue) is not one of those read here.")
        }
        if cutShort > 0 { defects.append("\(cutShort.packets) cut short when captured.") }
        if malformed > 0 { defects.append("\(malformed.packets) left out: the headers contradict themselves.") }
        if defragmenter.incomplete > 0 {
            defects.append("\(defragmenter.incomplete.packets) left out: fragments are missing.")
        }
    }
}

extension Int {
    fileprivate var packets: String { self == 1 ? "1 packet was" : "\(self) packets were" }
}
