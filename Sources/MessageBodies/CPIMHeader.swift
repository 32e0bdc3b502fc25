import Bytes

/// One header of a message/cpim body.
///
/// RFC 3862 §2.3; names are case-sensitive.
package struct CPIMHeader: Equatable, Sendable {
    /// The namespace of the headers that RFC 3862 defines.
    package static let coreNamespace = "urn:ietf:params:cpim-headers:"

    /// The name as written, with its prefix.
    package var name: String

    /// The parameters as written, such as `lang=en`.
    package var parameters: [String]

    /// The value, with escapes resolved.
    package var value: String

    package init(_ name: String, parameters: [String] = [], _ value: String) {
        self.name = name
        self.parameters = parameters
        self.value = value
    }

    /// The header that a line writes.
    ///
    /// - Returns: nil when it has no name, no colon, or an escape that does not exist.
    package init?(parsing line: String) {
        guard let colon = line.firstIndex(of: ":"), colon != line.startIndex else { return nil }
        let name = line[..<colon].trimmed
        guard !name.isEmpty, name.utf8.allSatisfy({ $0.isVisible && !"()<>@,;:\\\"/[]?={}".utf8.contains($0) }) else {
            return nil
        }
        var rest = line[line.index(after: colon)...]
        var parameters: [String] = []
        if rest.first == ";" {
            let end = rest.firstIndex(of: " ") ?? rest.endIndex
            parameters = rest[..<end].split(separator: ";").map(String.init)
            rest = rest[end...]
        }
        guard let value = Self.unescaped(rest.trimmed) else { return nil }
        self.init(name, parameters: parameters, value)
    }

    /// The header as a line without its end.
    package var line: String {
        "\(name):\(parameters.map { ";" + $0 }.joined()) \(Self.escaped(value))"
    }

    /// The prefix before the dot, which an NS header binds to a namespace.
    package var prefix: String? {
        name.firstIndex(of: ".").map { String(name[..<$0]) }
    }

    /// The name without its prefix.
    package var localName: String {
        name.firstIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? name
    }

    /// The URI between angle brackets.
    package var uri: String? {
        guard let start = value.lastIndex(of: "<"), value.last == ">" else { return nil }
        return String(value[value.index(after: start)...].dropLast())
    }

    /// What stands before the angle brackets, without quotes.
    package var formalName: String? {
        guard let start = value.lastIndex(of: "<") else { return nil }
        let name = value[..<start].trimmed
        if name.count >= 2, name.first == "\"", name.last == "\"" { return String(name.dropFirst().dropLast()) }
        return name.isEmpty ? nil : name
    }
}

extension CPIMHeader {
    private static let escapes: [(character: Unicode.Scalar, escape: Unicode.Scalar)] = [
        ("\\", "\\"), ("\u{8}", "b"), ("\t", "t"), ("\n", "n"), ("\r", "r"),
    ]

    /// Backslashes and control characters as RFC 3862 §2.3.1 writes them.
    private static func escaped(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            if let escape = escapes.first(where: { $0.character == scalar }) {
                result += "\\\(escape.escape)"
            } else if scalar.value < 0x20 || scalar.value == 0x7F {
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func unescaped(_ value: String) -> String? {
        var result = ""
        var rest = value.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\\" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            guard let escape = rest.popFirst() else { return nil }
            if let known = escapes.first(where: { $0.escape == escape }) {
                result.unicodeScalars.append(known.character)
            } else if escape == "\"" || escape == "'" {
                result.unicodeScalars.append(escape)
            } else if escape == "u", let scalar = takeCodePoint(from: &rest) {
                result.unicodeScalars.append(scalar)
            } else {
                return nil
            }
        }
        return result
    }

    private static func takeCodePoint(from rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
        let digits = String(rest.prefix(4))
        guard digits.utf8.count == 4, digits.utf8.allSatisfy(\.isHexDigit) else { return nil }
        rest = rest.dropFirst(4)
        return UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
    }
}
