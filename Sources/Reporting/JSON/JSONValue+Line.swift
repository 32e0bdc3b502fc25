extension JSONValue {
    /// The value on one line, with a line feed at its end.
    ///
    /// Strings hold no line feeds as they are, so that those of the document are all between values.
    package var line: [UInt8] {
        let lines = document.split(separator: 0x0A)
        return Array(lines.map { $0.drop { $0 == 0x20 } }.joined(separator: [0x20])) + [0x0A]
    }
}
