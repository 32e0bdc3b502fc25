/// A type of body, or several by `*`, that a party accepts.
///
/// RFC 3261 §20.1, §25.1 accept-range
package struct MediaRange: Hashable, Sendable, CustomStringConvertible {
    package var type: String
    package var subtype: String
    package var parameters: [Parameter]

    package var description: String { "\(type)/\(subtype)\(parameters.written)" }

    /// Whether bodies of this type are within the range, as far as its type and subtype say.
    package func admits(_ mediaType: MediaType) -> Bool {
        (type == "*" || type.isEqualIgnoringCase(mediaType.type))
            && (subtype == "*" || subtype.isEqualIgnoringCase(mediaType.subtype))
    }
}

extension MediaRange: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        // The asterisk is itself a token character.
        type = try scanner.token(.mediaRange)
        guard scanner.takeSeparator(UInt8(ascii: "/")) else { throw scanner.error(.mediaRange) }
        subtype = try scanner.token(.mediaRange)
        parameters = try scanner.parameters()
    }
}
