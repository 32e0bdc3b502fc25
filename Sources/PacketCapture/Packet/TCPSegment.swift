/// A TCP segment.
///
/// RFC 9293 §3.1
struct TCPSegment {
    struct Flags: OptionSet {
        let rawValue: UInt8

        static let fin = Flags(rawValue: 0x01)
        static let syn = Flags(rawValue: 0x02)
        static let rst = Flags(rawValue: 0x04)
        static let psh = Flags(rawValue: 0x08)
        static let ack = Flags(rawValue: 0x10)
    }

    var sourcePort: UInt16
    var destinationPort: UInt16
    var sequence: UInt32
    var acknowledgment: UInt32
    var flags: Flags
    var payload: ArraySlice<UInt8>
    /// How long the payload was on the wire.
    var originalLength: Int

    init(
        sourcePort: UInt16, destinationPort: UInt16, sequence: UInt32, acknowledgment: UInt32, flags: Flags,
        payload: ArraySlice<UInt8> = []
    ) {
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
        self.sequence = sequence
        self.acknowledgment = acknowledgment
        self.flags = flags
        self.payload = payload
        originalLength = payload.count
    }

    init?(parsing packet: IPPacket) {
        let fields = FieldReader(packet.payload, .bigEndian)
        guard let source = fields.uint16(at: 0), let destination = fields.uint16(at: 2),
            let sequence = fields.uint32(at: 4), let acknowledgment = fields.uint32(at: 8),
            let lengthAndFlags = fields.uint16(at: 12)
        else { return nil }
        let headerLength = Int(lengthAndFlags >> 12) * 4
        guard headerLength >= 20, headerLength <= packet.originalLength else { return nil }
        self.init(
            sourcePort: source, destinationPort: destination, sequence: sequence, acknowledgment: acknowledgment,
            flags: Flags(rawValue: UInt8(truncatingIfNeeded: lengthAndFlags)),
            payload: packet.payload.dropFirst(headerLength))
        originalLength = packet.originalLength - headerLength
    }
}
