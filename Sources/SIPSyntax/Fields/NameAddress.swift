import Bytes

/// An address with a name for people and parameters: From, To, Contact, Route and their like.
///
/// RFC 3261 §20.10, §25.1 name-addr, addr-spec
package struct NameAddress: Hashable, Sendable, CustomStringConvertible {
    /// The name without quotes and escapes.
    package var displayName: String?

    /// The URI as on the wire, of whatever scheme; `*` in the Contact that removes all bindings.
    package var uri: String
    package var parameters: [Parameter]

    package init(displayName: String? = nil, uri: String, parameters: [Parameter] = []) {
        self.displayName = displayName
        self.uri = uri
        self.parameters = parameters
    }

    /// The URI's parts when it is a SIP or SIPS URI.
    package var sipURI: SIPURI? { try? SIPURI(parsing: uri) }

    package var tag: String? { parameters.first("tag")?.value }

    /// Whether it is the `*` of a REGISTER that removes all bindings.
    ///
    /// RFC 3261 §10.2.2
    package var isWildcard: Bool { uri == "*" }

    package var description: String {
        if isWildcard { return uri }
        let name = displayName.map { $0.quoted + " " } ?? ""
        return "\(name)<\(uri)>\(parameters.written)"
    }
}

extension NameAddress: SIPFieldValue {
    package var nameAddress: NameAddress? { self }

    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        if let wildcard = scanner.wildcard() {
            self.init(uri: wildcard)
            return
        }
        let name = try scanner.displayName()
        let uri: Range<Int>
        if scanner.take(UInt8(ascii: "<")) {
            uri = try scanner.uriRange(\.isURICharacter)
            guard scanner.take(UInt8(ascii: ">")) else { throw scanner.error(.nameAddress) }
        } else if name == nil {
            // §20.10: without brackets, what follows a comma, question mark or semicolon is not the URI's.
            uri = try scanner.uriRange(\.isBareURICharacter)
        } else {
            throw scanner.error(.nameAddress)
        }
        self.init(displayName: name, uri: scanner.text(uri), parameters: try scanner.parameters())
    }
}

extension UInt8 {
    /// Whether the byte may stand anywhere in a URI.
    fileprivate var isURICharacter: Bool {
        isUnreserved || isReserved || self == UInt8(ascii: "%") || self == UInt8(ascii: "[")
            || self == UInt8(ascii: "]")
    }

    fileprivate var isBareURICharacter: Bool {
        isURICharacter && self != UInt8(ascii: ",") && self != UInt8(ascii: "?") && self != UInt8(ascii: ";")
    }
}

extension SIPScanner {
    /// The `*` that stands alone.
    fileprivate mutating func wildcard() -> String? {
        let start = position
        guard take(UInt8(ascii: "*")) else { return nil }
        skipWhitespace()
        if isAtEnd { return "*" }
        back(to: start)
        return nil
    }

    /// `[ display-name ]` and the white space behind it; nothing is consumed when there is none.
    fileprivate mutating func displayName() throws(SIPSyntaxError) -> String? {
        let start = position
        if next == .doubleQuote {
            let name = try quotedString()
            skipWhitespace()
            return name
        }
        var nameEnd = start
        while position < end, bytes[position].isTokenCharacter {
            _ = take(while: \.isTokenCharacter)
            nameEnd = position
            skipWhitespace()
        }
        guard next == UInt8(ascii: "<") else {
            back(to: start)
            return nil
        }
        return nameEnd > start ? text(start..<nameEnd) : nil
    }

    /// Reads `absoluteURI` by its characters: a scheme, a colon, and something.
    fileprivate mutating func uriRange(_ isMember: (UInt8) -> Bool) throws(SIPSyntaxError) -> Range<Int> {
        let start = position
        guard let first = next, first.isAlpha else { throw error(.addressSpecification) }
        _ = take(while: \.isSchemeCharacter)
        guard take(UInt8(ascii: ":")) else { throw error(.addressSpecification) }
        if take(while: isMember).isEmpty { throw error(.addressSpecification) }
        return start..<position
    }

    /// Reads a URI of any scheme.
    mutating func absoluteURI() throws(SIPSyntaxError) -> Range<Int> {
        try uriRange(\.isURICharacter)
    }
}
