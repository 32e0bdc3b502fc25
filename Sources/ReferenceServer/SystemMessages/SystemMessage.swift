/// A message of the IM server itself to one of its users.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.4
package struct SystemMessage: Sendable, Equatable {
    /// What the user is to do about it.
    package enum Response: Sendable, Equatable {
        case none
        /// An answer within this time, after which the service is refused: Ts1.
        case required(within: Duration)
    }

    package var text: String
    package var response: Response

    package init(_ text: String, response: Response = .none) {
        self.text = text
        self.response = response
    }

    /// The longest text that goes inside the MESSAGE, in bytes.
    package static let maximumSize = 1300

    /// Whether the MESSAGE only refers to the text.
    ///
    /// §5.4 step 3: when it is long, and when it needs interaction
    var isExternal: Bool { response != .none || text.utf8.count > Self.maximumSize }

    /// The text as the document that an external body refers to.
    var document: [UInt8] {
        let escaped = text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.append(character)
            }
        }
        let lines = [
            "<!DOCTYPE html>", "<html><head><meta charset=\"utf-8\"><title>System message</title></head>",
            "<body><p>\(escaped)</p></body></html>", "",
        ]
        return Array(lines.joined(separator: "\n").utf8)
    }
}
