extension Collection<UInt8> {
    /// The bytes that are meant, with every escape such as `%40` resolved, or nil where one is malformed.
    ///
    /// RFC 3986 §2.1
    package var removingPercentEscapes: [UInt8]? {
        var cursor = ByteCursor(Array(self))
        var bytes: [UInt8] = []
        while let byte = cursor.take() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let digits = cursor.take(count: 2), digits.allSatisfy(\.isHexDigit),
                let value = UInt8(digits.text, radix: 16)
            else { return nil }
            bytes.append(value)
        }
        return bytes
    }
}
