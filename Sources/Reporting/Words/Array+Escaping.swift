extension [UInt8] {
    /// Adds a text in UTF-8: what is plain as it is, every other scalar as the closure writes it.
    ///
    /// Most of every text is plain, and is copied in one go. Of bytes above 0x7F either all are plain or none, so that no
    /// scalar is cut.
    mutating func append(
        _ text: String, where isPlain: (UInt8) -> Bool, otherwise write: (Unicode.Scalar, inout [UInt8]) -> Void
    ) {
        var text = text
        text.withUTF8 { bytes in
            var rest = bytes[...]
            while let start = rest.firstIndex(where: { !isPlain($0) }) {
                append(contentsOf: rest[..<start])
                let end = rest[start...].firstIndex(where: isPlain) ?? rest.endIndex
                for scalar in String(decoding: rest[start..<end], as: UTF8.self).unicodeScalars { write(scalar, &self) }
                rest = rest[end...]
            }
            append(contentsOf: rest)
        }
    }
}
