package import Conformance

/// A node of a YAML document, with the place where it begins.
///
/// Scalars keep their text: `no` is the text “no”, `1.10` is the text “1.10”.
package struct YAMLNode: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        case scalar(String, Style)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    /// How a scalar is written.
    package enum Style: Sendable, Equatable {
        case plain
        case quoted
        /// A block after `|`, line by line.
        case literal
        /// A block after `>`, its lines joined.
        case folded
    }

    package let content: Content
    package let position: SourcePosition

    package init(_ content: Content, at position: SourcePosition) {
        self.content = content
        self.position = position
    }

    /// The entry of a mapping with this key.
    func entry(_ key: String) -> YAMLEntry? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }
    }
}

/// A key of a mapping with its value.
package struct YAMLEntry: Sendable, Equatable {
    package let key: String
    /// Where the key stands.
    package let position: SourcePosition
    package let value: YAMLNode

    package init(key: String, at position: SourcePosition, value: YAMLNode) {
        self.key = key
        self.position = position
        self.value = value
    }
}
