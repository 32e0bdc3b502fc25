import Bytes

/// The bytes of a message as something to read that hides nothing: text, line ends, and what is neither.
package struct ByteText: Sendable {
    package enum Piece: Equatable, Sendable {
        case text(String)
        case lineEnd(LineEnd)
        /// A control or another invisible scalar, as it is shown.
        case invisible(String)
        /// A stretch of bytes that begins with one that belongs to no well-formed UTF-8 sequence.
        case binary([UInt8])
    }

    package enum LineEnd: String, Sendable {
        case crlf = "\r\n"
        case lineFeed = "\n"
        case carriageReturn = "\r"
    }

    /// A stretch goes on over at most so many bytes of text, which stand there by chance.
    private static let chance = 16

    package private(set) var pieces: [Piece] = []

    package init(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        var place = 0
        for stretch in Self.stretches(of: bytes) {
            add(text: bytes[place..<stretch.lowerBound])
            pieces.append(.binary(Array(bytes[stretch])))
            place = stretch.upperBound
        }
        add(text: bytes[place...])
    }

    /// Where the bytes are no text; a control does not begin such a stretch, and lengthens one.
    private static func stretches(of bytes: [UInt8]) -> [Range<Int>] {
        var stretches: [Range<Int>] = []
        var offset = 0
        while offset < bytes.count {
            if bytes[offset] < 0x80 {
                if bytes[offset].isStray, let last = stretches.last, offset - last.upperBound <= Self.chance {
                    stretches[stretches.count - 1] = last.lowerBound..<(offset + 1)
                }
                offset += 1
                continue
            }
            var iterator = bytes[offset...].makeIterator()
            var parser = Unicode.UTF8.ForwardParser()
            switch parser.parseScalar(from: &iterator) {
            case .emptyInput: offset = bytes.count
            case .valid(let encoded): offset += encoded.count
            case .error(let length):
                let end = offset + length
                if let last = stretches.last, offset - last.upperBound <= Self.chance,
                    !bytes[last.upperBound..<offset].holdsLineEnd
                {
                    stretches[stretches.count - 1] = last.lowerBound..<end
                } else {
                    stretches.append(offset..<end)
                }
                offset = end
            }
        }
        return stretches
    }

    private mutating func add(text bytes: ArraySlice<UInt8>) {
        var rest = bytes[...]
        while let first = rest.first {
            switch first {
            case 0x0D where rest.dropFirst().first == 0x0A:
                pieces.append(.lineEnd(.crlf))
                rest = rest.dropFirst(2)
            case 0x0D:
                pieces.append(.lineEnd(.carriageReturn))
                rest = rest.dropFirst()
            case 0x0A:
                pieces.append(.lineEnd(.lineFeed))
                rest = rest.dropFirst()
            default:
                let end = rest.firstIndex { $0 == 0x0D || $0 == 0x0A } ?? rest.endIndex
                add(line: rest[..<end])
                rest = rest[end...]
            }
        }
    }

    private mutating func add(line bytes: ArraySlice<UInt8>) {
        let line = String(decoding: bytes, as: UTF8.self)
        if bytes.allSatisfy(\.isPlain) { return pieces.append(.text(line)) }
        var text = ""
        for scalar in line.unicodeScalars {
            guard let form = scalar.visibleForm else {
                text.unicodeScalars.append(scalar)
                continue
            }
            if !text.isEmpty { pieces.append(.text(text)) }
            text = ""
            pieces.append(.invisible(form))
        }
        if !text.isEmpty { pieces.append(.text(text)) }
    }
}

extension ArraySlice<UInt8> {
    /// Whether a line of a message ends within them, which what is written in another encoding does not go on over.
    fileprivate var holdsLineEnd: Bool { zip(self, dropFirst()).contains { $0 == 0x0D && $1 == 0x0A } }
}

extension UInt8 {
    /// Whether the byte is a control of ASCII that has no place in text.
    fileprivate var isStray: Bool { isControl && ![0x09, 0x0A, 0x0D].contains(self) }
}
