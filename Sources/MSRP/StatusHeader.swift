import Bytes

/// What a REPORT says about the bytes in its range.
///
/// RFC 4975 §7.1.2
package struct StatusHeader: Hashable, Sendable, CustomStringConvertible {
    package var namespace: String
    package var status: Int
    package var comment: String?

    package init(_ status: Int, comment: String? = nil) {
        namespace = "000"
        self.status = status
        self.comment = comment
    }

    /// The status that the text writes.
    ///
    /// - Returns: nil for text outside the grammar.
    package init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2, Self.isThreeDigits(parts[0]), Self.isThreeDigits(parts[1]), let status = Int(parts[1])
        else { return nil }
        namespace = String(parts[0])
        self.status = status
        comment = parts.count == 3 ? String(parts[2]) : nil
    }

    package var description: String {
        let code = String(status)
        let digits = String(repeating: "0", count: max(0, 3 - code.utf8.count)) + code
        return "\(namespace) \(digits)" + (comment.map { " \($0)" } ?? "")
    }

    private static func isThreeDigits(_ text: Substring) -> Bool {
        text.utf8.count == 3 && text.utf8.allSatisfy(\.isDigit)
    }
}
