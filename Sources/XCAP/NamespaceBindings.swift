import Bytes

/// The prefixes that the query of a URI binds for its node selector.
///
/// RFC 4825 §6.4, XPointer xmlns() Scheme
struct NamespaceBindings {
    private var namespaces = ["xml": "http://www.w3.org/XML/1998/namespace"]

    subscript(prefix: String) -> String? { namespaces[prefix] }

    /// Reads pointer parts; those of other schemes bind nothing.
    init(parsing query: ArraySlice<UInt8>?) throws(XCAPSyntaxError) {
        guard let query else { return }
        guard let decoded = query.removingPercentEscapes else {
            throw XCAPSyntaxError(.percentEncoding, at: query.startIndex)
        }
        let failure = XCAPSyntaxError(.query, at: query.startIndex)
        guard String(validating: decoded, as: UTF8.self) != nil else { throw failure }
        var cursor = ByteCursor(decoded)
        while true {
            _ = cursor.take(while: \.isWhitespace)
            if cursor.isAtEnd { return }
            let scheme = cursor.take { $0 != UInt8(ascii: "(") }
            guard !scheme.isEmpty, cursor.take(UInt8(ascii: "(")), let data = cursor.takePointerData() else {
                throw failure
            }
            guard scheme.elementsEqual("xmlns".utf8) else { continue }
            var parts = ByteCursor(data)
            let prefix = parts.take { $0 != UInt8(ascii: "=") && !$0.isWhitespace }
            _ = parts.take(while: \.isWhitespace)
            guard prefix.isName, parts.take(UInt8(ascii: "=")) else { throw failure }
            _ = parts.take(while: \.isWhitespace)
            let namespace = parts.remaining.text
            guard !namespace.isEmpty, prefix.text != "xmlns" else { throw failure }
            if prefix.text != "xml" { namespaces[prefix.text] = namespace }
        }
    }

    /// A namespace as it stands between the parentheses.
    static func escaped(_ namespace: String) -> String {
        namespace.map { "^()".contains($0) ? "^\($0)" : String($0) }.joined()
    }
}

extension ByteCursor {
    /// Consumes what is between parentheses, the last of which closes it; a circumflex escapes.
    fileprivate mutating func takePointerData() -> [UInt8]? {
        var data: [UInt8] = []
        var depth = 1
        while let byte = take() {
            switch byte {
            case UInt8(ascii: "^"):
                guard let escaped = take(), "^()".utf8.contains(escaped) else { return nil }
                data.append(escaped)
                continue
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            case _: break
            }
            if depth == 0 { return data }
            data.append(byte)
        }
        return nil
    }
}

extension Collection<UInt8> {
    /// Whether the bytes are `NCName`, as far as their first 128 characters tell; others are taken to be letters.
    ///
    /// Namespaces in XML 1.0 §3
    var isName: Bool {
        guard let first, first.isNameStart else { return false }
        return allSatisfy { $0.isNameStart || $0.isDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
    }
}

extension UInt8 {
    fileprivate var isNameStart: Bool { isAlpha || self == UInt8(ascii: "_") || self >= 0x80 }
}
