import Bytes

/// A feature tag with what it may be, in Contact, Accept-Contact and Reject-Contact.
///
/// RFC 3840 §9 feature-param
package struct FeatureParameter: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        /// Tokens, booleans and numbers, each perhaps negated, as written.
        case tags([String])
        /// One string in angle brackets.
        case string(String)
    }

    /// The tag as encoded: the `+` of other trees is kept.
    package let tag: String

    /// A tag without a value is `TRUE`.
    package let value: Value

    /// The tags of the SIP tree, which carry no `+`.
    private static let baseTags: Set<String> = [
        "audio", "automata", "class", "duplex", "data", "control", "mobility", "description", "events", "priority",
        "methods", "schemes", "application", "video", "language", "type", "isfocus", "actor", "text", "extensions",
    ]

    /// Whether a parameter of this name is a feature tag.
    package static func isFeatureTag(_ name: String) -> Bool {
        name.utf8.first == UInt8(ascii: "+") || baseTags.contains(name.lowercased())
    }

    /// Reads a parameter, or gives nil when its name is not that of a feature tag.
    package init?(_ parameter: Parameter) throws(SIPSyntaxError) {
        guard Self.isFeatureTag(parameter.name) else { return nil }
        tag = parameter.name
        guard let quoted = parameter.value else {
            value = .tags(["TRUE"])
            return
        }
        var scanner = SIPScanner(quoted)
        guard scanner.take(.doubleQuote) else { throw scanner.error(.featureParameter) }
        value = scanner.next == UInt8(ascii: "<") ? try scanner.stringValue() : try scanner.tagValueList()
        guard scanner.take(.doubleQuote), scanner.isAtEnd else { throw scanner.error(.featureParameter) }
    }
}

extension [Parameter] {
    /// Those parameters that are feature tags.
    package func features() throws(SIPSyntaxError) -> [FeatureParameter] {
        var features: [FeatureParameter] = []
        for parameter in self {
            if let feature = try FeatureParameter(parameter) { features.append(feature) }
        }
        return features
    }
}

extension SIPScanner {
    fileprivate mutating func stringValue() throws(SIPSyntaxError) -> FeatureParameter.Value {
        skip()
        let start = position
        while let byte = next, byte != UInt8(ascii: ">"), byte != .doubleQuote {
            if byte == UInt8(ascii: "\\") { try quotedPair(.featureParameter) } else { skip() }
        }
        let range = start..<position
        guard take(UInt8(ascii: ">")) else { throw error(.featureParameter) }
        return .string(text(range))
    }

    fileprivate mutating func tagValueList() throws(SIPSyntaxError) -> FeatureParameter.Value {
        var tags: [String] = []
        repeat {
            let start = position
            _ = take(UInt8(ascii: "!"))
            let content = take {
                $0.isTokenCharacter && $0 != UInt8(ascii: "!") || $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: "=")
                    || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">")
            }
            if content.isEmpty { throw error(.featureParameter) }
            tags.append(text(start..<position))
        } while take(UInt8(ascii: ","))
        return .tags(tags)
    }
}
