import Bytes

/// The name of one version of something.
///
/// RFC 9110 §8.8.3
package struct EntityTag: Hashable, Sendable, CustomStringConvertible {
    /// What stands between the quotes.
    package let opaque: String
    package let isWeak: Bool

    package init(_ opaque: String) {
        self.opaque = opaque
        isWeak = false
    }

    /// The tag that the text writes, or nil for any other text.
    package init?(parsing text: String) {
        isWeak = text.hasPrefix("W/")
        let quoted = isWeak ? text.dropFirst(2) : text[...]
        guard quoted.utf8.count >= 2, quoted.hasPrefix("\""), quoted.hasSuffix("\"") else { return nil }
        opaque = String(quoted.dropFirst().dropLast())
        guard opaque.utf8.allSatisfy({ $0 != .doubleQuote && ($0.isVisible || $0 >= 0x80) }) else { return nil }
    }

    package var description: String { (isWeak ? "W/" : "") + "\"\(opaque)\"" }
}

/// Which versions a request is meant for: `If-Match` or `If-None-Match`.
///
/// RFC 9110 §13.1.1, §13.1.2
package enum EntityTagCondition: Equatable, Sendable {
    /// `*`: whatever there is.
    case any
    case tags([EntityTag])

    /// The condition of a message, or nil when it states none; what is no tag matches nothing.
    package init?(_ name: HTTPFieldName, of message: HTTPMessage) {
        guard message.fields.contains(where: { $0.isNamed(name) }) else { return nil }
        let elements = message.list(name)
        self = elements == ["*"] ? .any : .tags(elements.compactMap(EntityTag.init(parsing:)))
    }

    /// Whether there is something, and it is one of these versions; weak tags match nothing strongly.
    package func matchesStrongly(_ tag: EntityTag?) -> Bool {
        guard let tag else { return false }
        switch self {
        case .any: return true
        case .tags(let tags): return tags.contains { !$0.isWeak && !tag.isWeak && $0.opaque == tag.opaque }
        }
    }

    package func matchesWeakly(_ tag: EntityTag?) -> Bool {
        guard let tag else { return false }
        switch self {
        case .any: return true
        case .tags(let tags): return tags.contains { $0.opaque == tag.opaque }
        }
    }
}
