/// Bytes as text.
///
/// RFC 4648 §4
package enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static let values: [UInt8: UInt32] = Dictionary(
        uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt32($0)) })

    package static func text(of bytes: some Collection<UInt8>) -> String {
        let bytes = Array(bytes)
        let length = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: length) { text in
            for (group, start) in stride(from: 0, to: bytes.count, by: 3).enumerated() {
                let count = min(3, bytes.count - start)
                var word: UInt32 = 0
                for index in 0..<3 { word = word << 8 | (index < count ? UInt32(bytes[start + index]) : 0) }
                for index in 0..<4 {
                    let digit = alphabet[Int(word >> (18 - 6 * UInt32(index)) & 0x3F)]
                    text.initializeElement(at: 4 * group + index, to: index <= count ? digit : 0x3D)
                }
            }
            return length
        }
    }

    /// The bytes that the text encodes, or nil where it is not base64 with its padding.
    package static func bytes(of text: String) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count % 4 == 0 else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: characters.count, by: 4) {
            let group = characters[start..<(start + 4)]
            let padding = start + 4 == characters.count ? group.reversed().prefix(2).prefix { $0 == 0x3D }.count : 0
            let digits = group.dropLast(padding).compactMap { values[$0] }
            guard digits.count == 4 - padding else { return nil }
            let word = digits.reduce(0) { $0 << 6 | $1 } << (6 * UInt32(padding))
            for index in 0..<(3 - padding) { bytes.append(UInt8(truncatingIfNeeded: word >> (16 - 8 * UInt32(index)))) }
        }
        return bytes
    }
}
