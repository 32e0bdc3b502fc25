import Bytes

/// The character classes of the grammar.
///
/// RFC 9110 §5.6.2
extension UInt8 {
    /// Whether the byte is `tchar`.
    var isInToken: Bool {
        switch self {
        case 0x21, 0x23...0x27, 0x2A...0x2B, 0x2D...0x2E, 0x30...0x39, 0x41...0x5A, 0x5E...0x7A, 0x7C, 0x7E: true
        default: false
        }
    }
}

extension Collection<UInt8> {
    /// Whether the bytes are `token`.
    var isToken: Bool { !isEmpty && allSatisfy(\.isInToken) }

    /// The number that these digits write, or nil when they are anything else or write more than a body can have.
    var decimal: Int? {
        guard (1...18).contains(count), allSatisfy(\.isDigit) else { return nil }
        return Int(text)
    }
}

extension ArraySlice<UInt8> {
    /// The bytes without the spaces and tabs at either end.
    var trimmed: ArraySlice<UInt8> {
        var slice = self
        while slice.first?.isWhitespace == true { slice.removeFirst() }
        while slice.last?.isWhitespace == true { slice.removeLast() }
        return slice
    }
}
