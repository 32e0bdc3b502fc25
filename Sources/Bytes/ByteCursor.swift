/// A place in a run of bytes that only moves forward.
package struct ByteCursor: Sendable {
    package let bytes: ArraySlice<UInt8>

    /// How many bytes have been consumed.
    package private(set) var offset = 0

    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    package init(_ bytes: [UInt8]) {
        self.init(bytes[...])
    }

    package var isAtEnd: Bool { offset == bytes.count }

    package var remaining: ArraySlice<UInt8> { bytes[(bytes.startIndex + offset)...] }

    /// The next byte, left in place, or nil at the end.
    package var next: UInt8? { isAtEnd ? nil : bytes[bytes.startIndex + offset] }

    /// Consumes the next byte.
    package mutating func take() -> UInt8? {
        guard let byte = next else { return nil }
        offset += 1
        return byte
    }

    /// Consumes the next byte if it is this one.
    package mutating func take(_ expected: UInt8) -> Bool {
        guard next == expected else { return false }
        offset += 1
        return true
    }

    /// Consumes bytes as long as they satisfy the predicate; the run may be empty.
    package mutating func take(while predicate: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        let start = bytes.startIndex + offset
        var end = start
        while end < bytes.endIndex, predicate(bytes[end]) { end += 1 }
        offset += end - start
        return bytes[start..<end]
    }

    /// Consumes exactly this many bytes, or none and returns nil when there are fewer.
    package mutating func take(count: Int) -> ArraySlice<UInt8>? {
        guard count >= 0, bytes.count - offset >= count else { return nil }
        let start = bytes.startIndex + offset
        offset += count
        return bytes[start..<(start + count)]
    }
}
