import Bytes
import Conformance

/// The URL of a hook as the description has it: in the place of a secret stands where that is, such as `{env:NAME}`.
struct HookURL: Sendable {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The URL for people, without what is said in its query; what names a secret stays.
    var words: String {
        let place = text.prefix { $0 != "?" }
        guard place.count < text.count else { return text }
        let query = text.dropFirst(place.count + 1).split(separator: "&", omittingEmptySubsequences: false)
        let fields = query.map { field -> String in
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let value = parts.last, value.wholeMatch(of: Self.reference) == nil else { return String(field) }
            return parts.count == 2 ? "\(parts[0])=…" : "…"
        }
        return "\(place)?\(fields.joined(separator: "&"))"
    }

    /// The URL that is called.
    ///
    /// - Parameter redaction: Learns of the secrets in it.
    /// - Returns: It, with its secrets.
    /// - Throws: Which secret is not there.
    func resolved(_ redaction: inout Redaction) throws(UsageError) -> String {
        var url = ""
        var rest = text[...]
        while let match = rest.firstMatch(of: Self.reference) {
            let place = String(match.2)
            let secret: SystemProfile.Secret = match.1 == "env" ? .environment(place) : .file(place)
            let value = try secret.value(of: "a hook", namedBy: "“call: \(words)”")
            redaction.hide(value, as: secret.reference)
            url += rest[..<match.range.lowerBound] + value.asURLPart
            rest = rest[match.range.upperBound...]
        }
        url += rest
        if let proof = Self.proof(in: url) { redaction.hide(proof, as: "…") }
        return url
    }

    /// What a request bears as the proof of who calls, where the URL says that.
    ///
    /// RFC 7617 §2
    private static func proof(in url: String) -> String? {
        guard let match = url.firstMatch(of: #/^https?:\/\/([^\/?#]*)@/#) else { return nil }
        return match.1.utf8.removingPercentEscapes.map { Base64.text(of: $0) }
    }

    /// What stands for a secret.
    private static var reference: Regex<(Substring, Substring, Substring)> { #/\{(env|file):([^{}\s]+)\}/# }
}

extension String {
    /// The text as any part of a URL can hold it.
    ///
    /// RFC 3986 §2.3
    var asURLPart: String { percentEscaped(except: "-_.~") }
}
