import Bytes

/// The character classes of the grammar.
///
/// RFC 4975 §9 and RFC 3986 §2
extension UInt8 {
    var isAlphanumeric: Bool { isAlpha || isDigit }

    /// Whether the byte is `unreserved`.
    var isUnreserved: Bool { isAlphanumeric || isOne(of: "-._~") }

    /// Whether the byte may stand in `session-id`.
    var isInSessionID: Bool { isUnreserved || isOne(of: "+=/") }

    /// Whether the byte may stand in `ident` after its first.
    var isInIdentifier: Bool { isAlphanumeric || isOne(of: ".-+%=") }

    /// Whether the byte may stand in `token`.
    var isInToken: Bool {
        switch self {
        case 0x21, 0x23...0x27, 0x2A...0x2B, 0x2D...0x2E, 0x30...0x39, 0x41...0x5A, 0x5E...0x7E: true
        default: false
        }
    }

    /// Whether the byte may stand in `reg-name`; the semicolon is left out because it begins the transport.
    var isInRegisteredName: Bool { isUnreserved || isOne(of: "%!$&'()*+,=") }

    private func isOne(of characters: StaticString) -> Bool {
        for index in 0..<characters.utf8CodeUnitCount where characters.utf8Start[index] == self { return true }
        return false
    }
}
