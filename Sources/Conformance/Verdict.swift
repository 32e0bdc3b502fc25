/// A judgment that only worsens.
///
/// In this order: none < pass < inconclusive < fail < error.
package enum Verdict: Int, Comparable, CaseIterable, Sendable {
    case none
    case pass
    case inconclusive
    case fail
    case error

    package static func < (left: Verdict, right: Verdict) -> Bool { left.rawValue < right.rawValue }

    /// The word that reports and files use.
    package var word: String {
        switch self {
        case .none: "none"
        case .pass: "pass"
        case .inconclusive: "inconclusive"
        case .fail: "fail"
        case .error: "error"
        }
    }

    package init?(word: String) {
        guard let verdict = Self.allCases.first(where: { $0.word == word }) else { return nil }
        self = verdict
    }
}
