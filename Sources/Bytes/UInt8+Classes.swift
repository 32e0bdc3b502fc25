/// The core rules of the ABNF that every grammar here is written in.
///
/// RFC 5234 Appendix B.1
extension UInt8 {
    @inlinable package static var horizontalTab: UInt8 { 0x09 }
    @inlinable package static var lineFeed: UInt8 { 0x0A }
    @inlinable package static var carriageReturn: UInt8 { 0x0D }
    @inlinable package static var space: UInt8 { 0x20 }
    @inlinable package static var doubleQuote: UInt8 { 0x22 }

    /// Whether the byte is ALPHA.
    @inlinable package var isAlpha: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }

    /// Whether the byte is DIGIT.
    @inlinable package var isDigit: Bool { (0x30...0x39).contains(self) }

    /// Whether the byte is HEXDIG, in either case.
    @inlinable package var isHexDigit: Bool { isDigit || (0x41...0x46).contains(self) || (0x61...0x66).contains(self) }

    /// Whether the byte is WSP.
    @inlinable package var isWhitespace: Bool { self == .space || self == .horizontalTab }

    /// Whether the byte is VCHAR.
    @inlinable package var isVisible: Bool { (0x21...0x7E).contains(self) }

    /// Whether the byte is CTL.
    @inlinable package var isControl: Bool { self < 0x20 || self == 0x7F }

    /// The byte of a character that is known to be ASCII.
    package init(_ character: Unicode.Scalar) {
        self.init(ascii: character)
    }

    /// The byte in lower case where it is ALPHA, and as it is elsewhere.
    @inlinable package var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
