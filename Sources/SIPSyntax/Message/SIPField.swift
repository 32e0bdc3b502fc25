import Bytes

/// One header field line, kept as the bytes that were received or will be sent.
///
/// RFC 3261 §7.3
package struct SIPField: Sendable {
    /// The field, where its name is a known one.
    let known: KnownField?

    /// The datagram that the line lies in, or the line alone.
    let bytes: [UInt8]
    private let start: UInt32
    private let nameLength: UInt32
    private let valueStart: UInt32
    private let valueEnd: UInt32
    private let end: UInt32

    package init(_ name: SIPFieldName, _ value: String) {
        self.init(spelling: name.name, value: value)
    }

    /// A field whose name is written in just this way, such as a compact form.
    package init(spelling: String, value: String) {
        let bytes = Array(spelling.utf8) + Array(": ".utf8) + Array(value.utf8)
        self.init(bytes, line: 0..<bytes.count, name: 0..<spelling.utf8.count, colon: spelling.utf8.count)
    }

    /// A line among the bytes of a message; without a colon all of it is the name.
    init(_ bytes: [UInt8], line: Range<Int>, name: Range<Int>, colon: Int?) {
        var valueStart = colon.map { $0 + 1 } ?? line.upperBound
        var valueEnd = line.upperBound
        while valueStart < valueEnd, bytes[valueStart].isFieldMargin { valueStart += 1 }
        while valueEnd > valueStart, bytes[valueEnd - 1].isFieldMargin { valueEnd -= 1 }
        self.bytes = bytes
        known = KnownFieldTable.shared.field(spelled: bytes, in: name)
        start = UInt32(line.lowerBound)
        nameLength = UInt32(name.count)
        self.valueStart = UInt32(valueStart)
        self.valueEnd = UInt32(valueEnd)
        end = UInt32(line.upperBound)
    }

    package var name: SIPFieldName {
        if let known { SIPFieldName(known) } else { SIPFieldName(unknown: spelling) }
    }

    /// Whether this is the name, found without making a String where it is a known one.
    func isNamed(_ name: SIPFieldName) -> Bool {
        if let wanted = name.known { known == wanted } else { known == nil && self.name == name }
    }

    /// The name as on the wire.
    package var spelling: String {
        String(decoding: bytes[nameRange], as: UTF8.self)
    }

    /// The value without the white space around it, each folding made one space.
    ///
    /// RFC 3261 §7.3.1
    package var value: String {
        let raw = bytes[valueRange]
        if !raw.contains(.lineFeed) { return raw.text }
        return unfolded(raw).text
    }

    /// The whole line as on the wire, without its line end.
    package var line: ArraySlice<UInt8> { bytes[Int(start)..<Int(end)] }

    var nameRange: Range<Int> { Int(start)..<Int(start + nameLength) }

    var valueRange: Range<Int> { Int(valueStart)..<Int(valueEnd) }

    var scanner: SIPScanner { SIPScanner(bytes, in: valueRange) }

    private func unfolded(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var index = raw.startIndex
        while index < raw.endIndex {
            if raw[index] == .lineFeed {
                while result.last.map(\.isFieldMargin) ?? false { result.removeLast() }
                while index < raw.endIndex, raw[index].isFieldMargin { index += 1 }
                result.append(.space)
            } else {
                result.append(raw[index])
                index += 1
            }
        }
        return result
    }
}

extension SIPField: Equatable {
    /// Fields are equal when their names are spelled alike and their values say the same.
    package static func == (first: Self, second: Self) -> Bool {
        guard first.bytes[first.nameRange] == second.bytes[second.nameRange] else { return false }
        let values = (first.bytes[first.valueRange], second.bytes[second.valueRange])
        return values.0 == values.1 || first.unfolded(values.0) == second.unfolded(values.1)
    }
}

extension UInt8 {
    /// Whether the byte is white space or a line end, which folding may put around a value.
    fileprivate var isFieldMargin: Bool { isWhitespace || self == .carriageReturn || self == .lineFeed }
}
