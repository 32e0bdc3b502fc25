import Bytes

/// The value of a Content-Type header field.
///
/// RFC 2045 §5.1
package struct ContentType: Equatable, Sendable {
    /// The type and subtype in lower case, such as `message/cpim`.
    package let essence: String

    /// The parameters in order, names in lower case, values without quotes.
    package let parameters: [Parameter]

    package struct Parameter: Equatable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
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
        func skipBlanks() { _ = cursor.take(while: \.isWhitespace) }
        skipBlanks()
        guard let type = cursor.takeToken(), cursor.take("/"), let subtype = cursor.takeToken() else { return nil }
        var parameters: [Parameter] = []
        skipBlanks()
        while cursor.take(";") {
            skipBlanks()
            guard let name = cursor.takeToken(), cursor.take("=") else { return nil }
            guard let value = cursor.next == .doubleQuote ? cursor.takeQuotedString() : cursor.takeToken() else {
                return nil
            }
            parameters.append(Parameter(name.text.lowercased(), value.text))
            skipBlanks()
        }
        guard cursor.isAtEnd else { return nil }
        self.init("\(type.text)/\(subtype.text)", parameters)
    }

    /// The value of the parameter with this name, in any case.
    package func parameter(_ name: String) -> String? {
        parameters.first { $0.name == name.lowercased() }?.value
    }
}

extension ByteCursor {
    /// Consumes a token of RFC 2045 §5.1, or gives nil when there is none.
    fileprivate mutating func takeToken() -> [UInt8]? {
        let token = take { $0.isVisible && !"()<>@,;:\\\"/[]?=".utf8.contains($0) }
        return token.isEmpty ? nil : Array(token)
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
