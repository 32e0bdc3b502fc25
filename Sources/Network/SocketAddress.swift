import Bytes

/// An IPv4 or IPv6 address as text in its canonical form, such as `127.0.0.11` or `::1`.
package struct IPAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The four or sixteen bytes of the address, in network order.
    package let bytes: [UInt8]

    /// The address with these bytes.
    ///
    /// - Returns: nil unless there are four or sixteen.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// The address that the text writes in dotted decimal, or in RFC 4291 §2.2 form without a zone.
    ///
    /// - Returns: nil for anything else.
    package init?(_ text: String) {
        guard let bytes = text.contains(":") ? Self.parseIPv6(text) : Self.parseIPv4(text) else { return nil }
        self.bytes = bytes
    }

    /// The address that is the host of a URI or a Via, in brackets if it is an IPv6 one.
    ///
    /// - Returns: nil for a name.
    package init?(host: String) {
        self.init(host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host)
    }

    package init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
        bytes = [first, second, third, fourth]
    }

    package var isIPv6: Bool { bytes.count == 16 }

    package var isLoopback: Bool {
        isIPv6 ? bytes.dropLast().allSatisfy { $0 == 0 } && bytes.last == 1 : bytes.first == 127
    }

    /// The text of the address; IPv6 as RFC 5952 §4 recommends.
    package var description: String {
        guard isIPv6 else { return bytes.map(String.init).joined(separator: ".") }
        let groups = (0..<8).map { Int(bytes[2 * $0]) << 8 | Int(bytes[2 * $0 + 1]) }
        let gap = Self.longestRunOfZeros(in: groups)
        func text(_ part: ArraySlice<Int>) -> String { part.map { String($0, radix: 16) }.joined(separator: ":") }
        guard let gap else { return text(groups[...]) }
        return text(groups[..<gap.lowerBound]) + "::" + text(groups[gap.upperBound...])
    }

    /// The address as the host of a URI or a Via, with brackets around an IPv6 one.
    package var host: String { isIPv6 ? "[\(self)]" : description }

    package static func < (left: IPAddress, right: IPAddress) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    private static func parseIPv4(_ text: String) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        let bytes = parts.compactMap { part in
            (1...3).contains(part.utf8.count) && part.utf8.allSatisfy(\.isDigit) ? UInt8(part) : nil
        }
        return bytes.count == 4 ? bytes : nil
    }

    private static func parseIPv6(_ text: String) -> [UInt8]? {
        let halves = withoutDecimals(text).components(splitAt: "::")
        guard halves.count <= 2 else { return nil }
        func groups(_ half: String) -> [UInt16]? {
            guard !half.isEmpty else { return [] }
            let parts = half.split(separator: ":", omittingEmptySubsequences: false)
            let values = parts.compactMap { part in
                (1...4).contains(part.utf8.count) && part.utf8.allSatisfy(\.isHexDigit) ? UInt16(part, radix: 16) : nil
            }
            return values.count == parts.count ? values : nil
        }
        guard let head = groups(halves[0]), let tail = halves.count == 2 ? groups(halves[1]) : [] else { return nil }
        let missing = 8 - head.count - tail.count
        guard halves.count == 2 ? missing >= 1 : missing == 0 else { return nil }
        return (head + Array(repeating: 0, count: missing) + tail).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }

    /// The text with an address in dotted decimal at its end written as two groups.
    private static func withoutDecimals(_ text: String) -> String {
        guard let colon = text.lastIndex(of: ":"), let bytes = parseIPv4(String(text[colon...].dropFirst())) else {
            return text
        }
        let groups = [bytes[..<2], bytes[2...]].map { String($0.reduce(0) { $0 << 8 | Int($1) }, radix: 16) }
        return text[...colon] + groups.joined(separator: ":")
    }

    private static func longestRunOfZeros(in groups: [Int]) -> Range<Int>? {
        var longest: Range<Int>?
        var start = 0
        while start < groups.count {
            var end = start
            while end < groups.count, groups[end] == 0 { end += 1 }
            if end - start > max(1, longest?.count ?? 0) { longest = start..<end }
            start = max(end, start + 1)
        }
        return longest
    }
}

/// An address and a port.
package struct SocketAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
    package var address: IPAddress
    package var port: UInt16

    package init(_ address: IPAddress, port: UInt16) {
        self.address = address
        self.port = port
    }

    /// The `host:port` form, with brackets around an IPv6 address.
    package var description: String { "\(address.host):\(port)" }

    package static func < (left: SocketAddress, right: SocketAddress) -> Bool {
        (left.address, left.port) < (right.address, right.port)
    }
}

extension String {
    fileprivate func components(splitAt separator: String) -> [String] {
        var parts: [String] = []
        var part = ""
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(separator) {
                parts.append(part)
                part = ""
                rest = rest.dropFirst(separator.count)
            } else {
                part.append(rest.removeFirst())
            }
        }
        return parts + [part]
    }
}

extension SocketAddress {
    /// The address and port that the text writes: `192.0.2.7:5060`, `192.0.2.7`, `[2001:db8::7]:5060`.
    package init?(_ text: String, defaultPort: UInt16) {
        if let address = IPAddress(text) {
            self.init(address, port: defaultPort)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
            return nil
        }
        guard let address = IPAddress(host: String(text[..<colon])) else { return nil }
        self.init(address, port: port)
    }
}
