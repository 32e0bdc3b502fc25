/// The ones' complement sum that IP, UDP and TCP headers carry.
///
/// RFC 1071
struct InternetChecksum {
    private var sum: UInt64 = 0

    /// Adds bytes as 16-bit words; an odd last byte is the high half of a word.
    mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { raw in
            var offset = 0
            while offset + 1 < raw.count {
                sum &+= UInt64(UInt16(bigEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
                offset += 2
            }
            if offset < raw.count { sum &+= UInt64(raw[offset]) << 8 }
        }
    }

    var value: UInt16 {
        var folded = sum
        while folded >> 16 != 0 { folded = (folded & 0xFFFF) + (folded >> 16) }
        return ~UInt16(folded)
    }
}
