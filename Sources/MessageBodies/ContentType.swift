import Bytes

/// The value of a Content-Type header field.
///
/// RFC 2045 §5.1
package struct ContentType: Equatable, Sendable, CustomStringConvertible {
    /// The type and subtype in lower case, such as `message/cpim`.
    package let essence: String

    /// The parameters in order, names in lower case, values without quotes.
    package let parameters: [Parameter]

    package struct Parameter: Equatable, Sendable, CustomStringConvertible {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name.lowercased()
            self.value = value
        }

        /// The parameter with the semicolon before it, in quotes unless its value is a token.
        package var description: String {
            if !value.isEmpty, value.utf8.allSatisfy(\.isMIMEToken) { return ";\(name)=\(value)" }
            let quoted = value.unicodeScalars.filter { $0 != "\r" && $0 != "\n" }.map { scalar in
                scalar == "\"" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
            }
            return ";\(name)=\"\(quoted.joined())\""
        }
    }

    package init(_ essence: String, _ parameters: [Parameter] = []) {
        self.essence = essence.lowercased()
        self.parameters = parameters
    }

    /// The value that the text writes.
    ///
    /// - Returns: nil when it is not `type/subtype` with well-formed parameters.
    package init?(parsing text: String) {
        var cursor = ByteCursor(Array(text.utf8))
        _ = cursor.take(while: \.isWhitespace)
        guard let type = cursor.takeToken(), cursor.take("/"), let subtype = cursor.takeToken(),
            let parameters = cursor.takeParameters()
        else { return nil }
        self.init("\(type.text)/\(subtype.text)", parameters)
    }

    package var description: String { essence + parameters.map(\.description).joined() }

    /// The value of the parameter with this name, in any case.
    package func parameter(_ name: String) -> String? {
        parameters.first { $0.name == name.lowercased() }?.value
    }
}

extension UInt8 {
    /// Whether the byte may stand in a token of RFC 2045 §5.1.
    fileprivate var isMIMEToken: Bool {
        isAlpha || isDigit || (isVisible && !"()<>@,;:\\\"/[]?=".utf8.contains(self))
    }
}

extension ByteCursor {
    /// Consumes a token of RFC 2045 §5.1, or gives nil when there is none.
    mutating func takeToken() -> [UInt8]? {
        let token = take(while: \.isMIMEToken)
        return token.isEmpty ? nil : Array(token)
    }

    /// Consumes parameters up to the end of the text, or gives nil when one is malformed.
    mutating func takeParameters() -> [ContentType.Parameter]? {
        var parameters: [ContentType.Parameter] = []
        _ = take(while: \.isWhitespace)
        while take(";") {
            _ = take(while: \.isWhitespace)
            guard let name = takeToken(), take("=") else { return nil }
            guard let value = next == .doubleQuote ? takeQuotedString() : takeToken() else { return nil }
            parameters.append(ContentType.Parameter(name.text, value.text))
            _ = take(while: \.isWhitespace)
        }
        return isAtEnd ? parameters : nil
    }

    /// Consumes a quoted string and gives its content, or nil when its end is missing.
    fileprivate mutating func takeQuotedString() -> [UInt8]? {
        guard take(.doubleQuote) else { return nil }
        var content: [UInt8] = []
        while let byte = take() {
            switch byte {
            case .doubleQuote: return content
            case UInt8(ascii: "\\"):
                guard let escaped = take() else { return nil }
                content.append(escaped)
            default: content.append(byte)
            }
        }
        return nil
    }

    /// Consumes this character if it is next.
    fileprivate mutating func take(_ character: Unicode.Scalar) -> Bool { take(UInt8(ascii: character)) }
}
