import Bytes

/// A place in a field value that the productions of the grammar move forward.
///
/// It reads the received bytes where they lie, folded lines included, and makes a String only of what is kept.
package struct SIPScanner: Sendable {
    let bytes: [UInt8]
    let end: Int

    /// An index into the bytes, so an error's offset counts from the start of the message.
    package private(set) var position: Int

    init(_ bytes: [UInt8], in range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    package init(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(bytes, in: 0..<bytes.count)
    }

    package var isAtEnd: Bool { position == end }

    package var next: UInt8? { position < end ? bytes[position] : nil }

    package mutating func take(_ expected: UInt8) -> Bool {
        guard position < end, bytes[position] == expected else { return false }
        position += 1
        return true
    }

    mutating func take(while predicate: (UInt8) -> Bool) -> Range<Int> {
        let start = position
        while position < end, predicate(bytes[position]) { position += 1 }
        return start..<position
    }

    mutating func skip() {
        if position < end { position += 1 }
    }

    mutating func back(to earlier: Int) {
        position = earlier
    }

    func error(_ rule: SIPRule) -> SIPSyntaxError {
        SIPSyntaxError(rule, at: position)
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// Whether the bytes in the range are this text, letters compared without case.
    func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { expected in
            for index in 0..<expected.count
            where bytes[range.lowerBound + index].lowercased != expected[index].lowercased {
                return false
            }
            return true
        }
    }
}
