import Bytes

/// The value of a Content-Disposition field of a body part.
///
/// RFC 2183 §2; RFC 5363 §4 for `recipient-list`
package struct BodyDisposition: Equatable, Sendable, CustomStringConvertible {
    /// The disposition in lower case.
    package let type: String
    package let parameters: [ContentType.Parameter]

    package init(_ type: String, _ parameters: [ContentType.Parameter] = []) {
        self.type = type.lowercased()
        self.parameters = parameters
    }

    package static let recipientList = BodyDisposition("recipient-list")
    package static let recipientListHistory = BodyDisposition("recipient-list-history")

    /// A file, with the name that its sender proposes.
    package static func attachment(filename: String) -> BodyDisposition {
        BodyDisposition("attachment", [ContentType.Parameter("filename", filename)])
    }

    /// The value that the text writes.
    ///
    /// - Returns: nil when it is not a token with well-formed parameters.
    package init?(parsing text: String) {
        var cursor = ByteCursor(Array(text.utf8))
        _ = cursor.take(while: \.isWhitespace)
        guard let type = cursor.takeToken(), let parameters = cursor.takeParameters() else { return nil }
        self.init(type.text, parameters)
    }

    package var filename: String? { parameter("filename") }

    /// The value of the parameter with this name, in any case.
    package func parameter(_ name: String) -> String? {
        parameters.first { $0.name == name.lowercased() }?.value
    }

    package var description: String { type + parameters.map(\.description).joined() }
}
