extension StringProtocol {
    /// The text with every escape such as `%40` resolved, or nil where one is malformed or the bytes are not UTF-8.
    ///
    /// RFC 3986 §2.1
    package var removingPercentEscapes: String? {
        utf8.removingPercentEscapes.flatMap { String(validating: $0, as: UTF8.self) }
    }

    /// The text with every byte escaped but those of letters, digits and what is left as it is.
    ///
    /// RFC 3986 §2.1
    package func percentEscaped(except literals: String) -> String {
        utf8.reduce(into: "") { text, byte in
            if byte.isAlpha || byte.isDigit || literals.utf8.contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + byte.hexPair
            }
        }
    }
}
