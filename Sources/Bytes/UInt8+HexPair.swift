extension UInt8 {
    /// The byte as two hexadecimal digits in upper case, such as `0A`.
    package var hexPair: String { (self < 16 ? "0" : "") + String(self, radix: 16, uppercase: true) }
}
