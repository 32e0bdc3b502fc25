import Network

/// Reads the classic libpcap format, in either byte order, in microseconds or nanoseconds.
struct PcapReader {
    private static let headerLength = 24
    private static let recordHeaderLength = 16

    private let fields: FieldReader
    private let unit: TimestampUnit

    /// - Returns: nil if the magic number, read in network byte order, is not one of the format.
    init?(_ bytes: [UInt8], magic: UInt32) {
        let order: FieldReader.ByteOrder
        switch magic {
        case 0xA1B2_C3D4: (order, unit) = (.bigEndian, .microseconds)
        case 0xA1B2_3C4D: (order, unit) = (.bigEndian, .nanoseconds)
        case 0xD4C3_B2A1: (order, unit) = (.littleEndian, .microseconds)
        case 0x4D3C_B2A1: (order, unit) = (.littleEndian, .nanoseconds)
        default: return nil
        }
        fields = FieldReader(bytes[...], order)
    }

    func read() -> Capture {
        guard let network = fields.uint32(at: 20) else {
            return Capture(defects: ["The file ends in its header."])
        }
        let linkType = LinkType(rawValue: UInt16(truncatingIfNeeded: network))
        var capture = Capture(interfaces: [Capture.Interface(linkType: linkType)])
        var offset = Self.headerLength
        while offset < fields.count {
            guard let packet = packet(at: offset) else {
                capture.defects.append(
                    "The file ends in the middle of packet \(capture.packets.count + 1), at byte \(offset); "
                        + "everything before it has been read.")
                break
            }
            capture.packets.append(packet)
            offset += Self.recordHeaderLength + packet.bytes.count
        }
        return capture
    }

    private func packet(at offset: Int) -> Capture.Packet? {
        guard let seconds = fields.uint32(at: offset), let part = fields.uint32(at: offset + 4),
            let captured = fields.uint32(at: offset + 8), let original = fields.uint32(at: offset + 12),
            let bytes = fields.slice(at: offset + Self.recordHeaderLength, count: Int(captured))
        else { return nil }
        return Capture.Packet(
            time: unit.instant(UInt64(seconds) * unit.perSecond + UInt64(part)), bytes: Array(bytes),
            originalLength: Int(max(original, captured)))
    }
}
