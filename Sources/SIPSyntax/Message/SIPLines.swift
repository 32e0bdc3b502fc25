import Bytes

/// The lines of a message's head, one after the other, folded lines taken together.
///
/// RFC 3261 §7.3.1
struct SIPLines {
    private let bytes: [UInt8]

    /// Where the next line begins; after the last field, where the body does.
    private(set) var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Skips the CRLFs that may come before a start line.
    ///
    /// RFC 3261 §7.5
    mutating func skipEmptyLines() {
        while position < bytes.count, bytes[position] == .carriageReturn || bytes[position] == .lineFeed {
            position += 1
        }
    }

    /// The start line without its line end.
    mutating func start() throws(SIPSyntaxError) -> Range<Int> {
        let start = position
        let end = try lineEnd(.message)
        return start..<end
    }

    /// The next field, or nil when the empty line was met.
    mutating func field() throws(SIPSyntaxError) -> SIPField? {
        let start = position
        var colon: Int?
        var end = start
        repeat {
            let from = position
            end = try lineEnd(.messageHeader)
            if from == start {
                if end == start { return nil }
                colon = bytes[start..<end].firstIndex(of: UInt8(ascii: ":"))
            }
        } while position < bytes.count && bytes[position].isWhitespace
        var nameEnd = colon ?? end
        while nameEnd > start, bytes[nameEnd - 1].isWhitespace { nameEnd -= 1 }
        return SIPField(bytes, line: start..<end, name: start..<nameEnd, colon: colon)
    }

    /// Moves behind the next line end and returns where its line stops.
    private mutating func lineEnd(_ rule: SIPRule) throws(SIPSyntaxError) -> Int {
        var index = position
        while index < bytes.count, bytes[index] != .lineFeed { index += 1 }
        if index == bytes.count || index > SIPLimits.headerBytes { throw SIPSyntaxError(rule, at: index) }
        let start = position
        position = index + 1
        return index > start && bytes[index - 1] == .carriageReturn ? index - 1 : index
    }
}
