package import Network

extension Capture {
    /// The capture with those packets alone that one of the addresses has sent or received since a moment, without what
    /// still comes over connections from before it, which answers what was asked then.
    package func limited(to addresses: Set<IPAddress>, since start: Instant) -> Capture {
        var capture = self
        var opened: Set<SocketPair> = []
        capture.packets = packets.filter { packet in
            guard packet.time >= start, let part = part(of: packet), part.concerns(addresses) else { return false }
            guard part.protocolNumber == IPPacket.tcp, part.fragment == nil, let segment = TCPSegment(parsing: part)
            else { return true }
            let pair = SocketPair(
                SocketAddress(part.source, port: segment.sourcePort),
                SocketAddress(part.destination, port: segment.destinationPort))
            if segment.flags.contains(.syn) { opened.insert(pair) }
            return opened.contains(pair)
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
        packets = packets.filter { part(of: $0)?.concerns(addresses) != true }
    }

    private func part(of packet: Packet) -> IPPacket? {
        guard case .ip(let bytes) = interfaces[packet.interface].linkType.frame(of: packet.bytes) else { return nil }
        return IPPacket(parsing: bytes)
    }
}

extension IPPacket {
    fileprivate func concerns(_ addresses: Set<IPAddress>) -> Bool {
        addresses.contains(source) || addresses.contains(destination)
    }
}
