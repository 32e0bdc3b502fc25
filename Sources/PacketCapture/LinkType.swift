/// What a packet of a capture begins with, by its number in the registry of link-layer header types.
package struct LinkType: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// BSD loopback: the address family in the byte order of the capturing machine.
    package static let null = LinkType(rawValue: 0)
    package static let ethernet = LinkType(rawValue: 1)
    /// An IP packet without anything before it.
    package static let raw = LinkType(rawValue: 101)
    /// OpenBSD loopback: the address family in network byte order.
    package static let loop = LinkType(rawValue: 108)
    /// The `any` interface of Linux, first version.
    package static let linuxSLL = LinkType(rawValue: 113)
    package static let ipv4 = LinkType(rawValue: 228)
    package static let ipv6 = LinkType(rawValue: 229)
    /// The `any` interface of Linux, second version.
    package static let linuxSLL2 = LinkType(rawValue: 276)

    /// The frame as this link type lays it out.
    enum Frame: Equatable {
        case ip(ArraySlice<UInt8>)
        /// The second sight of a packet that a loopback interface shows going out and coming in.
        case copy
        /// A protocol other than IP, or too short a frame.
        case other
    }

    var isKnown: Bool {
        [.null, .ethernet, .raw, .loop, .linuxSLL, .ipv4, .ipv6, .linuxSLL2].contains(self)
    }

    func frame(of bytes: [UInt8]) -> Frame {
        let fields = FieldReader(bytes[...], .bigEndian)
        switch self {
        case .raw, .ipv4, .ipv6: return ip(bytes[...])
        case .null, .loop: return ip(bytes.dropFirst(4))
        case .ethernet: return ethernet(bytes)
        case .linuxSLL:
            return cooked(
                bytes.dropFirst(16), packetType: fields.uint16(at: 0), hardware: fields.uint16(at: 2),
                protocolNumber: fields.uint16(at: 14))
        case .linuxSLL2:
            return cooked(
                bytes.dropFirst(20), packetType: fields.uint8(at: 10).map(UInt16.init),
                hardware: fields.uint16(at: 8), protocolNumber: fields.uint16(at: 0))
        default: return .other
        }
    }

    private func ip(_ bytes: ArraySlice<UInt8>) -> Frame {
        guard let first = bytes.first, first >> 4 == 4 || first >> 4 == 6 else { return .other }
        return .ip(bytes)
    }

    /// IEEE 802.3, with any number of IEEE 802.1Q and 802.1ad tags.
    private func ethernet(_ bytes: [UInt8]) -> Frame {
        let fields = FieldReader(bytes[...], .bigEndian)
        var offset = 12
        while let type = fields.uint16(at: offset) {
            switch type {
            case 0x8100, 0x88A8, 0x9100: offset += 4
            case 0x0800, 0x86DD: return ip(bytes.dropFirst(offset + 2))
            default: return .other
            }
        }
        return .other
    }

    private func cooked(
        _ bytes: ArraySlice<UInt8>, packetType: UInt16?, hardware: UInt16?, protocolNumber: UInt16?
    ) -> Frame {
        let (outgoing, loopback) = (UInt16(4), UInt16(772))
        guard protocolNumber == 0x0800 || protocolNumber == 0x86DD else { return .other }
        return packetType == outgoing && hardware == loopback ? .copy : ip(bytes)
    }
}
