/// A URI reduced to the user whom it names, for comparison with the users that a rule or a list names.
///
/// RFC 3261 §19.1.4, of which parameters, header parameters and the difference of `sip` and `sips` are left aside.
struct PolicyIdentity: Hashable {
    private let user: String?
    private let host: String

    init(_ uri: String) {
        var text = uri.collapsed[...]
        if let start = text.lastIndex(of: "<"), text.last == ">" {
            text = text[text.index(after: start)...].dropLast()
        }
        for scheme in ["sip:", "sips:", "tel:", "pres:", "im:"] where text.lowercased().hasPrefix(scheme) {
            text = text.dropFirst(scheme.count)
            break
        }
        if let at = text.lastIndex(of: "@") {
            user = text[..<at].split(separator: ";", maxSplits: 1).first.map(String.init) ?? ""
            text = text[text.index(after: at)...]
        } else {
            user = nil
        }
        host = String(text.prefix { $0 != ";" && $0 != "?" && $0 != ">" }).lowercased()
    }

    /// The domain, or the number of a `tel` URI.
    var domain: String { host }
}
