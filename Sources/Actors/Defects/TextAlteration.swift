import Bytes

extension [UInt8] {
    /// Makes the last visible character another one, so that the length stays.
    mutating func alterText() {
        guard let last = lastIndex(where: \.isVisible) else { return }
        self[last] = self[last] == UInt8(ascii: "?") ? UInt8(ascii: "#") : UInt8(ascii: "?")
    }
}
