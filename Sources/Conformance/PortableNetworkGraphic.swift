/// A gray picture of about a wanted size.
///
/// ISO/IEC 15948 (PNG) §5, with the stored blocks of RFC 1951 §3.2.4, so that the size is not at a compressor's mercy.
struct PortableNetworkGraphic {
    private static let width = 64
    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    let bytes: [UInt8]

    /// - Parameters:
    ///   - size: How many bytes the file has at least.
    ///   - seed: Decides the pattern.
    init(size: Int, seed: UInt32) {
        let height = max(1, (size + Self.width - 1) / (Self.width + 1))
        var header = Self.bigEndian(UInt32(Self.width)) + Self.bigEndian(UInt32(height))
        // Eight bits of gray, deflate, adaptive filters, not interlaced.
        header += [8, 0, 0, 0, 0]
        var rows: [UInt8] = []
        rows.reserveCapacity(height * (Self.width + 1))
        for row in 0..<height {
            rows.append(0)
            for column in 0..<Self.width { rows.append(UInt8(truncatingIfNeeded: (row ^ column) &+ Int(seed & 0xFF))) }
        }
        bytes =
            Self.signature + Self.chunk("IHDR", header) + Self.chunk("IDAT", Self.stored(rows))
            + Self.chunk("IEND", [])
    }

    /// A zlib stream (RFC 1950) of blocks that are not compressed.
    private static func stored(_ data: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let count = min(data.count - start, 0xFFFF)
            let isLast = start + count == data.count
            let length = UInt16(count)
            stream += [isLast ? 1 : 0, UInt8(length & 0xFF), UInt8(length >> 8)]
            stream += [UInt8(~length & 0xFF), UInt8(~length >> 8)]
            stream += data[start..<(start + count)]
            start += count
        } while start < data.count
        return stream + bigEndian(adler(data))
    }

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let content = Array(type.utf8) + data
        return bigEndian(UInt32(data.count)) + content + bigEndian(crc(content))
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    private static func adler(_ data: [UInt8]) -> UInt32 {
        var (low, high): (UInt32, UInt32) = (1, 0)
        for byte in data {
            low += UInt32(byte)
            if low >= 65_521 { low -= 65_521 }
            high += low
            if high >= 65_521 { high -= 65_521 }
        }
        return high << 16 | low
    }

    private static func crc(_ data: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in data { crc = remainders[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ crc >> 8 }
        return ~crc
    }

    /// The CRC of each byte by itself.
    private static let remainders: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
}
