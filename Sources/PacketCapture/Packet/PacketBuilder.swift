import Network

/// Builds the IP packets of a recording, with the checksums that the wire would have.
struct PacketBuilder {
    /// The largest payload of a segment over Ethernet.
    static func largestSegment(isIPv6: Bool) -> Int { isIPv6 ? 1_440 : 1_460 }

    /// The largest payload of a datagram.
    static func largestDatagram(isIPv6: Bool) -> Int { isIPv6 ? 65_527 : 65_507 }

    private var identification: UInt16 = 0

    /// A packet with a UDP datagram.
    ///
    /// RFC 768
    mutating func datagram(_ payload: [UInt8], from source: SocketAddress, to destination: SocketAddress) -> [UInt8] {
        let length = UDPDatagram.headerLength + payload.count
        var udp = source.port.octets + destination.port.octets + UInt16(length).octets + [0, 0]
        udp.reserveCapacity(length)
        udp += payload
        let checksum = Self.checksum(udp, IPPacket.udp, source.address, destination.address)
        // Zero would mean that there is no checksum.
        udp.replaceSubrange(6..<8, with: (checksum == 0 ? 0xFFFF : checksum).octets)
        return packet(udp, IPPacket.udp, from: source.address, to: destination.address)
    }

    /// A packet with a TCP segment.
    ///
    /// RFC 9293 §3.1
    mutating func segment(
        _ segment: TCPSegment, from source: IPAddress, to destination: IPAddress
    ) -> [UInt8] {
        let options = segment.flags.contains(.syn) ? Self.openingOptions(isIPv6: source.isIPv6) : []
        let headerLength = 20 + options.count
        var tcp = segment.sourcePort.octets + segment.destinationPort.octets
        tcp.reserveCapacity(headerLength + segment.payload.count)
        tcp += segment.sequence.octets + segment.acknowledgment.octets
        tcp += [UInt8(headerLength / 4) << 4, segment.flags.rawValue]
        tcp += UInt16.max.octets + [0, 0, 0, 0] + options
        tcp += segment.payload
        tcp.replaceSubrange(16..<18, with: Self.checksum(tcp, IPPacket.tcp, source, destination).octets)
        return packet(tcp, IPPacket.tcp, from: source, to: destination)
    }

    /// Maximum segment size, and the largest window scale, so that no window is ever full in a recording.
    private static func openingOptions(isIPv6: Bool) -> [UInt8] {
        [2, 4] + UInt16(largestSegment(isIPv6: isIPv6)).octets + [1, 3, 3, 14]
    }

    private mutating func packet(
        _ payload: [UInt8], _ protocolNumber: UInt8, from source: IPAddress, to destination: IPAddress
    ) -> [UInt8] {
        let hopLimit: UInt8 = 64
        if source.isIPv6 {
            let header: [UInt8] = [0x60, 0, 0, 0] + UInt16(payload.count).octets + [protocolNumber, hopLimit]
            return header + source.bytes + destination.bytes + payload
        }
        identification &+= 1
        let doNotFragment: [UInt8] = [0x40, 0]
        var header: [UInt8] = [0x45, 0] + UInt16(20 + payload.count).octets + identification.octets
        header += doNotFragment + [hopLimit, protocolNumber, 0, 0] + source.bytes + destination.bytes
        var checksum = InternetChecksum()
        checksum.add(header)
        header.replaceSubrange(10..<12, with: checksum.value.octets)
        return header + payload
    }

    /// The checksum over the pseudo-header and the datagram or segment.
    private static func checksum(
        _ bytes: [UInt8], _ protocolNumber: UInt8, _ source: IPAddress, _ destination: IPAddress
    ) -> UInt16 {
        var checksum = InternetChecksum()
        checksum.add(source.bytes)
        checksum.add(destination.bytes)
        checksum.add(UInt32(bytes.count).octets)
        checksum.add([0, protocolNumber])
        checksum.add(bytes)
        return checksum.value
    }
}

extension FixedWidthInteger {
    /// The bytes of the integer in network order.
    var octets: [UInt8] {
        stride(from: Self.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> Self($0)) }
    }
}
