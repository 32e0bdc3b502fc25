/// A piece of HTML, SVG or XML: its literals are markup, and whatever is interpolated is text and comes out escaped.
///
/// What a peer sent can therefore not become markup, unless somebody writes it into a literal.
package struct Markup: Sendable, Equatable, ExpressibleByStringInterpolation {
    package private(set) var text: String

    package init(stringLiteral literal: String) {
        text = literal
    }

    package init(stringInterpolation interpolation: Interpolation) {
        text = interpolation.text
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }

        package mutating func appendInterpolation(_ string: some StringProtocol) { text += Markup.escaped(string) }

        package mutating func appendInterpolation(_ number: Int) { text += String(number) }

        package mutating func appendInterpolation(_ markup: Markup) { text += markup.text }

        package mutating func appendInterpolation(_ markup: Markup?) { text += markup?.text ?? "" }

        package mutating func appendInterpolation(_ pieces: some Sequence<Markup>) {
            for piece in pieces { text += piece.text }
        }
    }

    package static func += (left: inout Markup, right: Markup) { left.text += right.text }

    /// The text with the five special characters as references and everything invisible made visible.
    ///
    /// The result is valid character data of XML 1.0, whatever the text was.
    private static func escaped(_ string: some StringProtocol) -> String {
        var text = ""
        var rest = Substring(string)
        // Most of every text stands for itself.
        while let place = rest.utf8.firstIndex(where: { !$0.isPlain }) {
            text += rest[..<place]
            let scalar = rest.unicodeScalars[place]
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            default:
                if let form = scalar.visibleForm { text += form } else { text.unicodeScalars.append(scalar) }
            }
            rest = rest[rest.unicodeScalars.index(after: place)...]
        }
        return text.isEmpty ? String(rest) : text + rest
    }
}

extension Sequence<Markup> {
    /// The pieces with another between each two.
    package func joined(separator: Markup) -> Markup {
        var result: Markup = ""
        for (index, piece) in enumerated() {
            if index > 0 { result += separator }
            result += piece
        }
        return result
    }
}

extension UInt8 {
    /// Whether the byte is a visible character of ASCII, or a blank, that has no meaning in markup.
    fileprivate var isPlain: Bool {
        switch self {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
        default: (0x20...0x7E).contains(self)
        }
    }
}
