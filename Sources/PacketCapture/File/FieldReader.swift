/// Fixed-width fields of a run of bytes, at offsets from its start; nil where they reach beyond the end.
struct FieldReader {
    enum ByteOrder {
        case bigEndian
        case littleEndian
    }

    let bytes: ArraySlice<UInt8>
    let order: ByteOrder

    init(_ bytes: ArraySlice<UInt8>, _ order: ByteOrder) {
        self.bytes = bytes
        self.order = order
    }

    var count: Int { bytes.count }

    func uint8(at offset: Int) -> UInt8? { offset < bytes.count ? bytes[bytes.startIndex + offset] : nil }

    func uint16(at offset: Int) -> UInt16? { integer(at: offset) }

    func uint32(at offset: Int) -> UInt32? { integer(at: offset) }

    func uint64(at offset: Int) -> UInt64? { integer(at: offset) }

    /// So many bytes from the offset on.
    func slice(at offset: Int, count: Int) -> ArraySlice<UInt8>? {
        guard offset >= 0, count >= 0, offset <= bytes.count, bytes.count - offset >= count else { return nil }
        let start = bytes.startIndex + offset
        return bytes[start..<(start + count)]
    }

    private func integer<Integer: FixedWidthInteger>(at offset: Int) -> Integer? {
        guard let field = slice(at: offset, count: Integer.bitWidth / 8) else { return nil }
        var value: Integer = 0
        switch order {
        case .bigEndian: for byte in field { value = value << 8 | Integer(truncatingIfNeeded: byte) }
        case .littleEndian: for byte in field.reversed() { value = value << 8 | Integer(truncatingIfNeeded: byte) }
        }
        return value
    }
}
