import Bytes

/// Which bytes of a message a chunk carries, counted from 1.
///
/// RFC 4975 §7.1.1
package struct ByteRange: Hashable, Sendable, CustomStringConvertible {
    package var start: Int
    /// The last byte of the chunk, or nil for `*`.
    package var end: Int?
    /// The length of the message, or nil for `*`.
    package var total: Int?

    package init(start: Int, end: Int?, total: Int?) {
        self.start = start
        self.end = end
        self.total = total
    }

    /// The range that the text writes.
    ///
    /// - Returns: nil for text outside the grammar, and for numbers above 2^62.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let start = Self.number(ends[0]) else { return nil }
        self.start = start
        if ends[1] != "*" {
            guard let end = Self.number(ends[1]) else { return nil }
            self.end = end
        }
        if parts[1] != "*" {
            guard let total = Self.number(parts[1]) else { return nil }
            self.total = total
        }
    }

    package var description: String {
        "\(start)-\(end.map(String.init) ?? "*")/\(total.map(String.init) ?? "*")"
    }

    private static func number(_ digits: Substring) -> Int? {
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit), let number = Int(digits), number <= 1 << 62 else {
            return nil
        }
        return number
    }
}
