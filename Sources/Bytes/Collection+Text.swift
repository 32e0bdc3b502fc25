extension Collection<UInt8> {
    /// The text of these bytes, with every ill-formed UTF-8 sequence shown as U+FFFD.
    ///
    /// For display and for fields whose grammar is ASCII; evidence stays with the bytes.
    @inlinable package var text: String { asciiText ?? String(validating: self, as: UTF8.self) ?? repairedText }

    /// The text where every byte is ASCII, as most are; it is then made without a look at what they mean.
    @inlinable var asciiText: String? {
        withContiguousStorageIfAvailable { bytes in
            bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes, as: UTF8.self) : nil
        }.flatMap(\.self)
    }

    /// Says the same as `String(decoding:as:)`, which takes its time with bytes that are no text at all.
    @usableFromInline var repairedText: String {
        var text = ""
        var iterator = makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        while true {
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded): text.unicodeScalars.append(Unicode.UTF8.decode(encoded))
            case .error: text.unicodeScalars.append("\u{FFFD}")
            case .emptyInput: return text
            }
        }
    }
}
