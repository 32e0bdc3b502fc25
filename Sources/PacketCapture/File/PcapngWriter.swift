import Network

extension Capture {
    /// The capture as a pcapng file of one section, with times in nanoseconds.
    ///
    /// draft-ietf-opsawg-pcapng
    package func serialized() -> [UInt8] {
        var writer = PcapngWriter(capacity: packets.reduce(1_024) { $0 + $1.bytes.count + 128 })
        writer.writeSection(comments: comments, application: application)
        for interface in interfaces { writer.write(interface) }
        writer.write(names)
        writer.write(secrets: secrets)
        for packet in packets { writer.write(packet) }
        for (index, interface) in interfaces.enumerated() {
            writer.writeStatistics(of: interface, index: index, at: packets.last?.time)
        }
        return writer.bytes
    }
}

/// Writes the blocks of a pcapng file, in little-endian order.
struct PcapngWriter {
    private(set) var bytes: [UInt8] = []
    /// Whether the present block has options, whose list must be ended.
    private var hasOptions = false

    init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    mutating func writeSection(comments: [String], application: String?) {
        block(PcapngReader.sectionHeader) { writer in
            writer.put(UInt32(0x1A2B_3C4D))
            writer.put(UInt16(1))
            writer.put(UInt16(0))
            writer.put(UInt64.max)
            for comment in comments { writer.option(1, comment) }
            if let application { writer.option(4, application) }
        }
    }

    mutating func write(_ interface: Capture.Interface) {
        block(1) { writer in
            writer.put(interface.linkType.rawValue)
            writer.put(UInt16(0))
            writer.put(UInt32(0))
            if let name = interface.name { writer.option(2, name) }
            writer.option(9, [9])
            if let filter = interface.filter { writer.option(11, [0] + Array(filter.utf8)) }
        }
    }

    mutating func write(_ names: [Capture.Name]) {
        guard !names.isEmpty else { return }
        block(4) { writer in
            for name in names { writer.option(name.address.isIPv6 ? 2 : 1, name.address.bytes + name.name.utf8 + [0]) }
        }
    }

    /// The Decryption Secrets Block, which goes before the packets that it is for.
    ///
    /// draft-ietf-opsawg-pcapng §4.7
    mutating func write(secrets: [String]) {
        guard !secrets.isEmpty else { return }
        let text = Array(secrets.joined(separator: "\n").utf8) + [0x0A]
        block(PcapngReader.decryptionSecrets) { writer in
            writer.put(PcapngReader.keyLog)
            writer.put(UInt32(text.count))
            writer.bytes += text
            writer.pad()
        }
    }

    mutating func write(_ packet: Capture.Packet) {
        let time = UInt64(max(0, packet.time.nanoseconds))
        block(6) { writer in
            writer.put(UInt32(packet.interface))
            writer.put(UInt32(time >> 32))
            writer.put(UInt32(truncatingIfNeeded: time))
            writer.put(UInt32(packet.bytes.count))
            writer.put(UInt32(packet.originalLength))
            writer.bytes += packet.bytes
            writer.pad()
            for comment in packet.comments { writer.option(1, comment) }
            guard let direction = packet.direction else { return }
            writer.option(2, direction == .inbound ? [1, 0, 0, 0] : [2, 0, 0, 0])
        }
    }

    mutating func writeStatistics(of interface: Capture.Interface, index: Int, at time: Instant?) {
        guard let dropped = interface.dropped else { return }
        let end = UInt64(max(0, time?.nanoseconds ?? 0))
        block(5) { writer in
            writer.put(UInt32(index))
            writer.put(UInt32(end >> 32))
            writer.put(UInt32(truncatingIfNeeded: end))
            writer.option(5, (0..<8).map { UInt8(truncatingIfNeeded: dropped >> (8 * $0)) })
        }
    }

    private mutating func block(_ type: UInt32, _ write: (inout PcapngWriter) -> Void) {
        let start = bytes.count
        put(type)
        put(UInt32(0))
        write(&self)
        if hasOptions { put(UInt32(0)) }
        hasOptions = false
        let length = UInt32(bytes.count - start + 4)
        put(length)
        for index in 0..<4 { bytes[start + 4 + index] = UInt8(truncatingIfNeeded: length >> (8 * index)) }
    }

    private mutating func option(_ code: UInt16, _ text: String) {
        option(code, Array(text.utf8.prefix(65_535)))
    }

    private mutating func option(_ code: UInt16, _ value: [UInt8]) {
        hasOptions = true
        put(code)
        put(UInt16(value.count))
        bytes += value
        pad()
    }

    private mutating func pad() {
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    private mutating func put<Integer: FixedWidthInteger>(_ value: Integer) {
        for shift in stride(from: 0, to: Integer.bitWidth, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> Integer(shift)))
        }
    }
}
