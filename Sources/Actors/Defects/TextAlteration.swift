import Bytes

extension [UInt8] {
    /// Makes the last visible character another one, so that the length stays.
    mutating func alterText() {
        guard let last = lastIndex(where: \.isVisible) else { return }
        self[last] = self[last] == UInt8(ascii: "?") ? UInt8(ascii: "#") : UInt8(ascii: "?")
    }

    /// Makes the last byte another one, so that the length stays.
    mutating func alterLastByte() {
        guard let last = indices.last else { return }
        self[last] ^= 0xFF
    }
}
