/// A piece of HTML, SVG or XML: its literals are markup, and whatever is interpolated is text and comes out escaped.
///
/// What a peer sent can therefore not become markup, unless somebody writes it into a literal.
package struct Markup: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// The markup in UTF-8.
    package private(set) var bytes: [UInt8]

    package init(stringLiteral literal: String) {
        bytes = Array(literal.utf8)
    }

    package init(stringInterpolation interpolation: Interpolation) {
        bytes = interpolation.bytes
    }

    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + 16 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) { bytes += literal.utf8 }

        package mutating func appendInterpolation(_ string: some StringProtocol) { escape(String(string)) }

        package mutating func appendInterpolation(_ number: Int) { bytes += String(number).utf8 }

        package mutating func appendInterpolation(_ markup: Markup) { bytes += markup.bytes }

        package mutating func appendInterpolation(_ markup: Markup?) { if let markup { bytes += markup.bytes } }

        package mutating func appendInterpolation(_ pieces: some Sequence<Markup>) {
            for piece in pieces { bytes += piece.bytes }
        }

        /// Adds the text with the five special characters as references and everything invisible made visible.
        ///
        /// The result is valid character data of XML 1.0, whatever the text was.
        private mutating func escape(_ text: String) {
            bytes.append(text, where: \.standsForItself) { scalar, bytes in
                switch scalar {
                case "&": bytes += "&amp;".utf8
                case "<": bytes += "&lt;".utf8
                case ">": bytes += "&gt;".utf8
                case "\"": bytes += "&quot;".utf8
                case "'": bytes += "&#39;".utf8
                default: bytes += (scalar.visibleForm ?? String(scalar)).utf8
                }
            }
        }
    }

    package static func += (left: inout Markup, right: Markup) { left.bytes += right.bytes }
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
    /// Whether the byte is plain and has no meaning in markup.
    fileprivate var standsForItself: Bool {
        switch self {
        case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
        default: isPlain
        }
    }
}
