package import Network

extension Capture {
    /// The capture with those packets alone that one of the addresses has sent or received since a moment.
    package func limited(to addresses: Set<IPAddress>, since start: Instant) -> Capture {
        var capture = self
        capture.packets = packets.filter { packet in
            packet.time >= start && concerns(packet, addresses)
        }
        return capture
    }

    /// Adds the packets and defects of a capture on the same interfaces.
    package mutating func append(_ later: Capture) {
        packets += later.packets
        defects += later.defects
    }

    /// Drops the packets that one of the addresses has sent or received.
    package mutating func remove(_ addresses: Set<IPAddress>) {
        packets = packets.filter { !concerns($0, addresses) }
    }

    private func concerns(_ packet: Packet, _ addresses: Set<IPAddress>) -> Bool {
        guard case .ip(let bytes) = interfaces[packet.interface].linkType.frame(of: packet.bytes),
            let part = IPPacket(parsing: bytes)
        else { return false }
        return addresses.contains(part.source) || addresses.contains(part.destination)
    }
}
