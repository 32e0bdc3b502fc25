/// A host, by its name or its address, and a port where one is said.
///
/// RFC 3261 §25.1 hostport
package struct HostPort: Hashable, Sendable, CustomStringConvertible {
    /// The name, or the address without brackets.
    package let host: String
    /// nil leaves the port to the records of the name, or to the protocol.
    package let port: UInt16?

    /// What the text writes: `192.0.2.7:5060`, `192.0.2.7`, `[2001:db8::7]:5060`, `example.com`, `im.example.com:5060`.
    ///
    /// - Returns: nil for anything else.
    package init?(_ text: String) {
        if let address = IPAddress(host: text) {
            (host, port) = (address.description, nil)
            return
        }
        let colon = text.lastIndex(of: ":")
        let name = String(text[..<(colon ?? text.endIndex)])
        let number = colon.map { UInt16(text[text.index(after: $0)...]) ?? 0 }
        guard number != 0, let host = IPAddress(host: name)?.description ?? (Self.isName(name) ? name : nil) else {
            return nil
        }
        (self.host, port) = (host, number)
    }

    /// nil for a name.
    package var address: IPAddress? { IPAddress(host) }

    package var description: String { (address?.host ?? host) + (port.map { ":\($0)" } ?? "") }

    /// Whether it is a name such as SIP and people write.
    ///
    /// RFC 3261 §25.1 hostname
    private static func isName(_ text: String) -> Bool {
        text.contains(where: \.isLetter)
            && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                !label.isEmpty && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
            }
    }
}
