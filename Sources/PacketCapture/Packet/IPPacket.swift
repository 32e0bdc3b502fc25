import Network

/// An IP packet, or a fragment of one, without the headers.
///
/// RFC 791, RFC 8200
struct IPPacket {
    struct Fragment: Equatable {
        var identification: UInt32
        /// Where the payload belongs, in bytes.
        var offset: Int
        var isLast: Bool
    }

    static let tcp: UInt8 = 6
    static let udp: UInt8 = 17

    var source: IPAddress
    var destination: IPAddress
    var protocolNumber: UInt8
    var payload: ArraySlice<UInt8>
    /// How long the payload was on the wire, which is more than its bytes where the capture cut them off.
    var originalLength: Int
    /// nil for a packet that is whole.
    var fragment: Fragment?

    init?(parsing bytes: ArraySlice<UInt8>) {
        guard let packet = bytes.first.map({ $0 >> 4 == 6 }) == true ? Self.parseIPv6(bytes) : Self.parseIPv4(bytes)
        else { return nil }
        self = packet
    }

    private init(
        _ source: IPAddress, _ destination: IPAddress, _ protocolNumber: UInt8, _ payload: ArraySlice<UInt8>,
        _ originalLength: Int, _ fragment: Fragment?
    ) {
        self.source = source
        self.destination = destination
        self.protocolNumber = protocolNumber
        self.payload = payload
        self.originalLength = originalLength
        self.fragment = fragment
    }

    private static func parseIPv4(_ bytes: ArraySlice<UInt8>) -> IPPacket? {
        let fields = FieldReader(bytes, .bigEndian)
        guard let first = fields.uint8(at: 0), first >> 4 == 4, let total = fields.uint16(at: 2).map(Int.init),
            let identification = fields.uint16(at: 4), let flags = fields.uint16(at: 6),
            let protocolNumber = fields.uint8(at: 9),
            let source = fields.slice(at: 12, count: 4).flatMap({ IPAddress(bytes: Array($0)) }),
            let destination = fields.slice(at: 16, count: 4).flatMap({ IPAddress(bytes: Array($0)) })
        else { return nil }
        let headerLength = Int(first & 0x0F) * 4
        // A length of 0 is left by segmentation offload: the packet reaches as far as it was captured.
        let length = total == 0 ? bytes.count : total
        guard headerLength >= 20, length >= headerLength, bytes.count >= headerLength else { return nil }
        let offset = Int(flags & 0x1FFF) * 8
        let isLast = flags & 0x2000 == 0
        let isWhole = offset == 0 && isLast
        return IPPacket(
            source, destination, protocolNumber, bytes.prefix(length).dropFirst(headerLength), length - headerLength,
            isWhole ? nil : Fragment(identification: UInt32(identification), offset: offset, isLast: isLast))
    }

    private static func parseIPv6(_ bytes: ArraySlice<UInt8>) -> IPPacket? {
        let fields = FieldReader(bytes, .bigEndian)
        guard let declared = fields.uint16(at: 4).map(Int.init), let next = fields.uint8(at: 6),
            let source = fields.slice(at: 8, count: 16).flatMap({ IPAddress(bytes: Array($0)) }),
            let destination = fields.slice(at: 24, count: 16).flatMap({ IPAddress(bytes: Array($0)) })
        else { return nil }
        let length = declared == 0 ? bytes.count - 40 : declared
        let payload = bytes.dropFirst(40).prefix(length)
        let headers = extensionHeaders(next, payload)
        guard headers.length <= min(length, payload.count) else { return nil }
        return IPPacket(
            source, destination, headers.next, payload.dropFirst(headers.length), length - headers.length,
            headers.fragment)
    }

    /// The packet without the extension headers that its fragments carried.
    func withoutExtensionHeaders() -> IPPacket {
        guard source.isIPv6 else { return self }
        var packet = self
        let headers = Self.extensionHeaders(protocolNumber, payload)
        packet.protocolNumber = headers.next
        packet.payload = payload.dropFirst(headers.length)
        packet.originalLength = max(0, originalLength - headers.length)
        return packet
    }

    /// The extension headers at the start of the bytes, up to the header of a fragment, behind which anything may be.
    private static func extensionHeaders(
        _ type: UInt8, _ bytes: ArraySlice<UInt8>
    ) -> (next: UInt8, length: Int, fragment: Fragment?) {
        let fields = FieldReader(bytes, .bigEndian)
        var (next, length) = (type, 0)
        while let header = extensionHeader(next, at: length, fields) {
            next = header.next
            length += header.length
            if let fragment = header.fragment { return (next, length, fragment) }
        }
        return (next, length, nil)
    }

    /// The extension header of this type at the offset, or nil if the type is that of the payload.
    private static func extensionHeader(
        _ type: UInt8, at offset: Int, _ fields: FieldReader
    ) -> (next: UInt8, length: Int, fragment: Fragment?)? {
        let (hopByHop, routing, fragmentation, authentication, options) = (
            UInt8(0), UInt8(43), UInt8(44), UInt8(51), UInt8(60)
        )
        guard [hopByHop, routing, fragmentation, authentication, options].contains(type),
            let next = fields.uint8(at: offset), let length = fields.uint8(at: offset + 1).map(Int.init)
        else { return nil }
        switch type {
        case fragmentation:
            guard let position = fields.uint16(at: offset + 2), let identification = fields.uint32(at: offset + 4)
            else { return nil }
            let (start, isLast) = (Int(position & 0xFFF8), position & 1 == 0)
            let isWhole = start == 0 && isLast
            return (
                next, 8,
                isWhole ? nil : Fragment(identification: identification, offset: start, isLast: isLast)
            )
        case authentication: return (next, (length + 2) * 4, nil)
        default: return (next, (length + 1) * 8, nil)
        }
    }
}
