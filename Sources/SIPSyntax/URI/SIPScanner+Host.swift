import Bytes

extension SIPScanner {
    /// Reads `host = hostname / IPv4address / IPv6reference`.
    ///
    /// RFC 3261 §25.1
    mutating func hostRange() throws(SIPSyntaxError) -> Range<Int> {
        let start = position
        if take(UInt8(ascii: "[")) {
            let address = take { $0.isHexDigit || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
            guard address.count >= 2, bytes[address].contains(UInt8(ascii: ":")), take(UInt8(ascii: "]")) else {
                throw error(.host)
            }
            return start..<position
        }
        let range = take { $0.isAlpha || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
        if range.isEmpty || !isHostName(range) { throw SIPSyntaxError(.host, at: start) }
        return range
    }

    /// Reads the port of a URI, which has no white space around its colon.
    mutating func port() throws(SIPSyntaxError) -> UInt16? {
        guard take(UInt8(ascii: ":")) else { return nil }
        return try number(.port)
    }

    /// Labels neither begin nor end with a hyphen, and none but the last may be empty.
    private func isHostName(_ range: Range<Int>) -> Bool {
        var previous = UInt8(ascii: ".")
        for index in range {
            let byte = bytes[index]
            let meets = byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            if meets, previous == UInt8(ascii: ".") { return false }
            if byte == UInt8(ascii: "."), previous == UInt8(ascii: "-") { return false }
            previous = byte
        }
        return previous != UInt8(ascii: "-")
    }
}
