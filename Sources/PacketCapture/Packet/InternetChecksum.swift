/// The ones' complement sum that IP, UDP and TCP headers carry.
///
/// RFC 1071
struct InternetChecksum {
    private var sum: UInt64 = 0

    /// Adds bytes as 16-bit words; an odd last byte is the high half of a word.
    mutating func add(_ bytes: some Collection<UInt8>) {
        var high: UInt8?
        for byte in bytes {
            if let first = high {
                sum += UInt64(first) << 8 | UInt64(byte)
                high = nil
            } else {
                high = byte
            }
        }
        if let high { sum += UInt64(high) << 8 }
    }

    var value: UInt16 {
        var folded = sum
        while folded >> 16 != 0 { folded = (folded & 0xFFFF) + (folded >> 16) }
        return ~UInt16(folded)
    }
}
