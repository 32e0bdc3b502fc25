/// The bytes of a message as something to read that hides nothing: text, line ends, and what is neither.
package struct ByteText: Sendable {
    package enum Piece: Equatable, Sendable {
        case text(String)
        case lineEnd(LineEnd)
        /// A control or another invisible scalar, as it is shown.
        case invisible(String)
        /// A byte that belongs to no well-formed UTF-8 sequence.
        case byte(UInt8)
    }

    package enum LineEnd: String, Sendable {
        case crlf = "\r\n"
        case lineFeed = "\n"
        case carriageReturn = "\r"
    }

    package let pieces: [Piece]

    package init(_ bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        var pieces: [Piece] = []
        var text = ""
        var iterator = bytes.makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        var offset = 0
        func add(_ piece: Piece) {
            if !text.isEmpty { pieces.append(.text(text)) }
            text = ""
            pieces.append(piece)
        }
        var returned = false
        reading: while true {
            let parsed = parser.parseScalar(from: &iterator)
            if returned {
                returned = false
                if case .valid(let encoded) = parsed, encoded.first == 0x0A {
                    add(.lineEnd(.crlf))
                    offset += 1
                    continue
                }
                add(.lineEnd(.carriageReturn))
            }
            switch parsed {
            case .emptyInput: break reading
            case .error(let length):
                for byte in bytes[offset..<(offset + length)] { add(.byte(byte)) }
                offset += length
            case .valid(let encoded):
                let scalar = Unicode.UTF8.decode(encoded)
                offset += encoded.count
                switch scalar {
                case "\r": returned = true
                case "\n": add(.lineEnd(.lineFeed))
                default:
                    if let form = scalar.visibleForm {
                        add(.invisible(form))
                    } else {
                        text.unicodeScalars.append(scalar)
                    }
                }
            }
        }
        if !text.isEmpty { pieces.append(.text(text)) }
        self.pieces = pieces
    }
}
