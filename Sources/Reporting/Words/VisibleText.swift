import Bytes

extension Unicode.Scalar {
    /// What stands for a scalar that must not reach a terminal, an XML file or a page, or nil for one that may.
    ///
    /// Controls become their names, such as `‹ESC›`; everything else that is invisible or turns the reading direction
    /// becomes its number. Line feed and tab may pass.
    package var visibleForm: String? {
        switch value {
        case 0x09, 0x0A: nil
        case 0x00...0x1F: "‹\(Self.controlNames[Int(value)])›"
        case 0x7F: "‹DEL›"
        case 0x80...0x9F, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
            0xE0000...0xE0FFF, 0xE000...0xF8FF, 0xF0000...0x10FFFF:
            number
        default: value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value) ? number : nil
        }
    }

    /// The names of the C0 controls in ASCII, from NUL to US.
    private static let controlNames = [
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF", "CR", "SO", "SI", "DLE",
        "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS", "RS", "US",
    ]

    private var number: String {
        let digits = String(value, radix: 16, uppercase: true)
        return "‹U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "›"
    }
}

extension StringProtocol {
    /// The text with everything invisible made visible, over as many lines as it has.
    package var visible: String {
        if isPlain { return String(self) }
        guard unicodeScalars.contains(where: { $0.visibleForm != nil }) else { return String(self) }
        return unicodeScalars.reduce(into: "") { text, scalar in
            if let form = scalar.visibleForm { text += form } else { text.unicodeScalars.append(scalar) }
        }
    }

    /// The text on one line, with line ends and tabs made visible too.
    package var onOneLine: String {
        if isPlain { return String(self) }
        return visible.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "\n": text += "‹LF›"
            case "\t": text += "‹TAB›"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    /// Whether the text is visible ASCII and blanks alone, as most are.
    private var isPlain: Bool { utf8.allSatisfy(\.isPlain) }

    /// The text cut to so many columns, with an ellipsis where something was left out.
    package func shortened(to columns: Int) -> String {
        guard columnCount > columns else { return String(self) }
        if isPlain { return prefix(Swift.max(0, columns - 1)) + "…" }
        var text = ""
        var width = 0
        for character in self {
            guard width + character.columnCount < columns else { break }
            text.append(character)
            width += character.columnCount
        }
        return text + "…"
    }

    /// The columns that the text takes in a terminal.
    package var columnCount: Int { isPlain ? utf8.count : reduce(0) { $0 + $1.columnCount } }

    /// The text followed by blanks up to so many columns.
    package func padded(to columns: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, columns - columnCount))
    }
}

extension UInt8 {
    /// Whether the byte is a visible character of ASCII, or a blank.
    var isPlain: Bool { isVisible || self == .space }
}

extension Character {
    /// Two for the wide characters of East Asian scripts and for pictures, one for all others.
    fileprivate var columnCount: Int {
        guard let first = unicodeScalars.first, first.value >= 0x1100 else { return 1 }
        switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            return 2
        default: return first.properties.isEmojiPresentation ? 2 : 1
        }
    }
}
