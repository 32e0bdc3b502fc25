/// A UDP datagram.
///
/// RFC 768
struct UDPDatagram {
    static let headerLength = 8

    var sourcePort: UInt16
    var destinationPort: UInt16
    var payload: ArraySlice<UInt8>

    /// - Returns: nil where the length does not fit the packet.
    init?(parsing bytes: ArraySlice<UInt8>) {
        let fields = FieldReader(bytes, .bigEndian)
        guard let source = fields.uint16(at: 0), let destination = fields.uint16(at: 2),
            let declared = fields.uint16(at: 4).map(Int.init)
        else { return nil }
        // A length of 0 is that of a jumbogram: RFC 2675 §4.
        let length = declared == 0 ? bytes.count : declared
        guard length >= Self.headerLength, length <= bytes.count else { return nil }
        sourcePort = source
        destinationPort = destination
        payload = bytes.prefix(length).dropFirst(Self.headerLength)
    }
}
