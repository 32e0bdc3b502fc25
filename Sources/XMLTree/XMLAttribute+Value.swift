extension XMLAttribute {
    /// The value that stands between the quotes of an attribute, or nil when no attribute could be written so.
    ///
    /// XML 1.0 §2.3 AttValue, §3.3.3: references are replaced, white space becomes spaces.
    package static func value(of text: String) -> String? {
        var value = ""
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "<": return nil
            case "\t", "\n", "\r": value += " "
            case "&":
                guard let end = rest.firstIndex(of: ";"),
                    let replaced = character(named: String(String.UnicodeScalarView(rest[..<end])))
                else {
                    return nil
                }
                value.unicodeScalars.append(replaced)
                rest = rest[rest.index(after: end)...]
            default:
                guard scalar.isXMLCharacter else { return nil }
                value.unicodeScalars.append(scalar)
            }
        }
        return value
    }

    /// The text between the quotes of an attribute that has the value.
    package static func text(of value: String) -> String { XMLWriter.escaped(value, quoted: true) }

    /// What a reference stands for: one of the predefined entities, or a character by its number.
    private static func character(named name: String) -> Unicode.Scalar? {
        switch name {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let isHexadecimal = name.hasPrefix("#x")
            let digits = name.dropFirst(isHexadecimal ? 2 : 1)
            guard name.hasPrefix("#"), digits.first?.isHexDigit == true, digits.utf8.count <= 8,
                let number = UInt32(digits, radix: isHexadecimal ? 16 : 10), let scalar = Unicode.Scalar(number),
                scalar.isXMLCharacter
            else { return nil }
            return scalar
        }
    }
}

extension Unicode.Scalar {
    /// Whether a document of XML 1.0 can contain the character.
    ///
    /// XML 1.0 §2.2 Char
    var isXMLCharacter: Bool {
        switch self {
        case "\t", "\n", "\r", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}": true
        default: false
        }
    }
}
