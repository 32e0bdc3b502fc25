import Bytes

extension JSONValue {
    /// The document of this value: two blanks of indentation, one member a line, a line feed at the end.
    ///
    /// The same value always gives the same bytes.
    package var document: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes, indentation: 0)
        bytes.append(0x0A)
        return bytes
    }

    private func write(to bytes: inout [UInt8], indentation: Int) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let bool): bytes += (bool ? "true" : "false").utf8
        case .number(let digits): bytes += digits.utf8
        case .string(let text): Self.write(text, to: &bytes)
        case .array(let values):
            Self.writeList(values, between: ("[", "]"), to: &bytes, indentation: indentation) { value, bytes in
                value.write(to: &bytes, indentation: indentation + 1)
            }
        case .object(let members):
            Self.writeList(members, between: ("{", "}"), to: &bytes, indentation: indentation) { member, bytes in
                Self.write(member.name, to: &bytes)
                bytes += ": ".utf8
                member.value.write(to: &bytes, indentation: indentation + 1)
            }
        }
    }

    private static func writeList<Element>(
        _ list: [Element], between brackets: (String, String), to bytes: inout [UInt8], indentation: Int,
        _ write: (Element, inout [UInt8]) -> Void
    ) {
        bytes += brackets.0.utf8
        for (index, element) in list.enumerated() {
            if index > 0 { bytes.append(0x2C) }
            newLine(&bytes, indentation: indentation + 1)
            write(element, &bytes)
        }
        if !list.isEmpty { newLine(&bytes, indentation: indentation) }
        bytes += brackets.1.utf8
    }

    private static func newLine(_ bytes: inout [UInt8], indentation: Int) {
        bytes.append(0x0A)
        bytes += repeatElement(0x20, count: 2 * indentation)
    }

    private static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(0x22)
        bytes.append(text, where: { !$0.isControl && $0 != 0x22 && $0 != 0x5C }) { scalar, bytes in
            switch scalar {
            case "\"": bytes += #"\""#.utf8
            case "\\": bytes += #"\\"#.utf8
            case "\n": bytes += #"\n"#.utf8
            case "\r": bytes += #"\r"#.utf8
            case "\t": bytes += #"\t"#.utf8
            default:
                bytes += #"\u00"#.utf8
                bytes += [hexDigits[Int(scalar.value >> 4)], hexDigits[Int(scalar.value & 0xF)]]
            }
        }
        bytes.append(0x22)
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)
}
