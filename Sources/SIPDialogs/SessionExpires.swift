/// The value of a Session-Expires field.
///
/// RFC 4028 §4
package struct SessionExpires: Hashable, Sendable, LosslessStringConvertible {
    /// The end of a request that sends the refreshes.
    package enum Refresher: String, Hashable, Sendable {
        /// The one that sends the request with this field.
        case uac
        /// The one that answers it.
        case uas
    }

    /// How long the session lives without a refresh, in seconds.
    package var seconds: Int
    package var refresher: Refresher?

    package init(seconds: Int, refresher: Refresher? = nil) {
        self.seconds = seconds
        self.refresher = refresher
    }

    /// The value that the text writes; unknown parameters are passed over.
    ///
    /// - Returns: nil when the text does not begin with a number of seconds or names an unknown refresher.
    package init?(_ text: String) {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmed)
        guard let first = parts.first, first.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seconds = Int(first)
        else { return nil }
        self.init(seconds: seconds)
        for parameter in parts.dropFirst() {
            let halves = parameter.split(separator: "=", maxSplits: 1).map(\.trimmed)
            guard halves.first?.lowercased() == "refresher" else { continue }
            guard halves.count == 2, let refresher = Refresher(rawValue: halves[1].lowercased()) else { return nil }
            self.refresher = refresher
        }
    }

    package var description: String {
        refresher.map { "\(seconds);refresher=\($0.rawValue)" } ?? "\(seconds)"
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        let start = drop(while: isBlank)
        return start.dropLast(start.reversed().prefix(while: isBlank).count)
    }
}
