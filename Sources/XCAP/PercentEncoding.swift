import Bytes

/// Escapes in the parts of a URI.
///
/// RFC 3986 §2.1
enum PercentEncoding {
    /// The bytes that are meant, or nil when an escape is none.
    static func decoded(_ bytes: some Collection<UInt8>) -> [UInt8]? {
        var cursor = ByteCursor(Array(bytes))
        var decoded: [UInt8] = []
        while let byte = cursor.take() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let digits = cursor.take(count: 2), digits.allSatisfy(\.isHexDigit),
                let value = UInt8(digits.text, radix: 16)
            else { return nil }
            decoded.append(value)
        }
        return decoded
    }

    /// The text with everything escaped that cannot stand in one segment of a path.
    static func encoded(_ text: String) -> String {
        text.percentEscaped(except: "-._~!$&'()*+,;=:@")
    }
}
