import Bytes

/// What identifies a file: its name, type, size and hash, as many of them as are known.
///
/// RFC 5547 §6
package struct FileSelector: Sendable, Equatable, CustomStringConvertible {
    package struct Hash: Sendable, Hashable {
        /// The algorithm as registered for TLS fingerprints, such as `sha-1`.
        package var algorithm: String
        package var bytes: [UInt8]

        package init(algorithm: String, bytes: [UInt8]) {
            self.algorithm = algorithm
            self.bytes = bytes
        }
    }

    /// The name of the file without its percent-encoding.
    package var name: String?
    package var type: String?
    package var size: Int?
    package var hashes: [Hash]

    package init(name: String? = nil, type: String? = nil, size: Int? = nil, hashes: [Hash] = []) {
        self.name = name
        self.type = type
        self.size = size
        self.hashes = hashes
    }

    /// The selector that the value of the attribute writes.
    ///
    /// - Returns: nil for a value outside the grammar.
    package init?(_ value: String) {
        self.init()
        var cursor = ByteCursor(Array(value.utf8))
        while !cursor.isAtEnd {
            let key = cursor.take(while: \.isAlpha).text
            guard cursor.take(UInt8(ascii: ":")), take(key, from: &cursor) else { return nil }
            guard cursor.isAtEnd || (cursor.take(.space) && !cursor.isAtEnd) else { return nil }
        }
    }

    package var description: String {
        var selectors: [String] = []
        if let name { selectors.append("name:\"\(Self.escape(name))\"") }
        if let type { selectors.append("type:\(type)") }
        if let size { selectors.append("size:\(size)") }
        for hash in hashes {
            selectors.append("hash:\(hash.algorithm):\(hash.bytes.map(\.hexPair).joined(separator: ":"))")
        }
        return selectors.joined(separator: " ")
    }

    private mutating func take(_ key: String, from cursor: inout ByteCursor) -> Bool {
        switch key.lowercased() {
        case "name":
            guard cursor.take(.doubleQuote) else { return false }
            let quoted = cursor.take { $0 != .doubleQuote }
            guard cursor.take(.doubleQuote), let name = Self.unescape(quoted) else { return false }
            self.name = name
        case "type":
            guard let type = Self.takeMediaType(&cursor) else { return false }
            self.type = type
        case "size":
            guard let size = Int(cursor.take(while: \.isDigit).text) else { return false }
            self.size = size
        case "hash":
            let algorithm = cursor.take { $0 != UInt8(ascii: ":") && !$0.isWhitespace }.text
            guard !algorithm.isEmpty, cursor.take(UInt8(ascii: ":")), let bytes = Self.takeHexPairs(&cursor) else {
                return false
            }
            hashes.append(Hash(algorithm: algorithm, bytes: bytes))
        default:
            return false
        }
        return true
    }

    /// Takes a media type with its parameters, whose quoted values may hold spaces.
    private static func takeMediaType(_ cursor: inout ByteCursor) -> String? {
        var type: [UInt8] = []
        var isQuoted = false
        while let byte = cursor.next, isQuoted || !byte.isWhitespace {
            _ = cursor.take()
            type.append(byte)
            if byte == .doubleQuote {
                isQuoted.toggle()
            } else if isQuoted, byte == UInt8(ascii: "\\"), let escaped = cursor.take() {
                type.append(escaped)
            }
        }
        let parts = type.prefix { $0 != UInt8(ascii: ";") }.split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard !isQuoted, parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        return type.text
    }

    /// Takes two hexadecimal digits for each byte, with colons between them.
    private static func takeHexPairs(_ cursor: inout ByteCursor) -> [UInt8]? {
        var bytes: [UInt8] = []
        repeat {
            guard let byte = takeHexPair(&cursor) else { return nil }
            bytes.append(byte)
        } while cursor.take(UInt8(ascii: ":"))
        return bytes
    }

    private static func takeHexPair(_ cursor: inout ByteCursor) -> UInt8? {
        guard let pair = cursor.take(count: 2), pair.allSatisfy(\.isHexDigit) else { return nil }
        return UInt8(pair.text, radix: 16)
    }

    /// Replaces every `%` and two digits by the byte they stand for.
    private static func unescape(_ text: ArraySlice<UInt8>) -> String? {
        var cursor = ByteCursor(text)
        var bytes: [UInt8] = []
        while let byte = cursor.take() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let byte = takeHexPair(&cursor) else { return nil }
            bytes.append(byte)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Writes the characters that a quoted name may not hold, and `%` itself, as `%` and two digits.
    private static func escape(_ name: String) -> String {
        let bytes = name.utf8.flatMap { byte -> [UInt8] in
            let isPlain = !byte.isControl && byte != .doubleQuote && byte != UInt8(ascii: "%")
            if isPlain { return [byte] }
            return Array("%\(byte.hexPair)".utf8)
        }
        return bytes.text
    }
}
