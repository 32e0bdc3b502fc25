import Bytes

/// A scheme and its parameters: what a challenge and its answer are written as.
///
/// RFC 9110 §11.2 to §11.4, RFC 3261 §25.1
struct AuthenticationParameters: Equatable, Sendable {
    let scheme: String
    /// The values without their quotes, by names in lower case.
    private(set) var values: [String: String] = [:]

    subscript(name: String) -> String? { values[name] }

    /// Everything that a field value holds, in its order, or nil when it holds anything else.
    ///
    /// A field may hold several challenges, cut by the same commas as their parameters.
    static func all(in text: String) -> [AuthenticationParameters]? {
        var cursor = ByteCursor(Array(text.utf8))
        var found: [AuthenticationParameters] = []
        cursor.skipSeparators()
        while !cursor.isAtEnd {
            let token = cursor.take(while: \.isInToken)
            guard !token.isEmpty else { return nil }
            let hadSpace = !cursor.take(while: \.isWhitespace).isEmpty
            if cursor.take(UInt8(ascii: "=")) {
                _ = cursor.take(while: \.isWhitespace)
                let name = token.map(\.lowercased).text
                guard !found.isEmpty, let value = cursor.takeValue(), found[found.count - 1].values[name] == nil
                else { return nil }
                found[found.count - 1].values[name] = value
                _ = cursor.take(while: \.isWhitespace)
                guard cursor.isAtEnd || cursor.next == UInt8(ascii: ",") else { return nil }
                cursor.skipSeparators()
            } else {
                guard hadSpace || cursor.isAtEnd || cursor.next == UInt8(ascii: ",") else { return nil }
                found.append(AuthenticationParameters(scheme: token.text))
                cursor.skipSeparators()
            }
        }
        return found
    }

    /// The text with quotes around it.
    static func quoted(_ text: String) -> String {
        "\"" + text.map { "\"\\".contains($0) ? "\\\($0)" : String($0) }.joined() + "\""
    }

    private init(scheme: String) {
        self.scheme = scheme
    }
}

extension ByteCursor {
    fileprivate mutating func skipSeparators() {
        _ = take { $0.isWhitespace || $0 == UInt8(ascii: ",") }
    }

    /// Consumes a token or a quoted string, and gives its meaning.
    fileprivate mutating func takeValue() -> String? {
        guard take(.doubleQuote) else {
            let token = take(while: \.isInToken)
            return token.isEmpty ? nil : token.text
        }
        var value: [UInt8] = []
        while let byte = take() {
            switch byte {
            case .doubleQuote:
                return String(validating: value, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = take() else { return nil }
                value.append(escaped)
            case _:
                value.append(byte)
            }
        }
        return nil
    }
}

extension UInt8 {
    /// Whether the byte may stand in `token`.
    fileprivate var isInToken: Bool { isAlpha || isDigit || "!#$%&'*+-.^_`|~".utf8.contains(self) }
}
