import Bytes

/// The grammar of MSRP-URI.
///
/// RFC 4975 §9, with `authority` from RFC 3986 §3.2
extension MSRPURI {
    package init(parsing text: String) throws(MSRPSyntaxError) {
        var cursor = ByteCursor(Array(text.utf8))
        switch cursor.take(while: \.isAlpha).text.lowercased() {
        case "msrp": isSecure = false
        case "msrps": isSecure = true
        default: throw MSRPSyntaxError(.scheme, at: 0)
        }
        guard cursor.take(UInt8(ascii: ":")), cursor.take(UInt8(ascii: "/")), cursor.take(UInt8(ascii: "/")) else {
            throw MSRPSyntaxError(.uri, at: cursor.offset)
        }
        (user, host, port) = try Self.authority(&cursor)
        sessionID = nil
        if cursor.take(UInt8(ascii: "/")) {
            let id = cursor.take(while: \.isInSessionID)
            guard !id.isEmpty else { throw MSRPSyntaxError(.sessionID, at: cursor.offset) }
            sessionID = id.text
        }
        guard cursor.take(UInt8(ascii: ";")) else { throw MSRPSyntaxError(.transport, at: cursor.offset) }
        let transport = cursor.take { $0.isAlpha || $0.isDigit }
        guard !transport.isEmpty else { throw MSRPSyntaxError(.transport, at: cursor.offset) }
        self.transport = transport.text
        parameters = []
        while cursor.take(UInt8(ascii: ";")) {
            parameters.append(try Self.parameter(&cursor))
        }
        guard cursor.isAtEnd else { throw MSRPSyntaxError(.uri, at: cursor.offset) }
    }

    private static func authority(
        _ cursor: inout ByteCursor
    ) throws(MSRPSyntaxError) -> (user: String?, host: String, port: UInt16?) {
        var user: String?
        let authority = cursor.remaining.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ";") }
        if authority.contains(UInt8(ascii: "@")) {
            user = cursor.take { $0.isInRegisteredName || $0 == UInt8(ascii: ":") }.text
            guard cursor.take(UInt8(ascii: "@")) else { throw MSRPSyntaxError(.authority, at: cursor.offset) }
        }
        let start = cursor.offset
        var host: String
        if cursor.take(UInt8(ascii: "[")) {
            let address = cursor.take { $0.isHexDigit || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
            guard cursor.take(UInt8(ascii: "]")), address.contains(UInt8(ascii: ":")) else {
                throw MSRPSyntaxError(.authority, at: cursor.offset)
            }
            host = "[\(address.text)]"
        } else {
            host = cursor.take(while: \.isInRegisteredName).text
        }
        guard !host.isEmpty else { throw MSRPSyntaxError(.authority, at: start) }
        guard cursor.take(UInt8(ascii: ":")) else { return (user, host, nil) }
        let digits = cursor.take(while: \.isDigit)
        guard let port = UInt16(digits.text) else { throw MSRPSyntaxError(.authority, at: cursor.offset) }
        return (user, host, port)
    }

    private static func parameter(_ cursor: inout ByteCursor) throws(MSRPSyntaxError) -> Parameter {
        let name = cursor.take(while: \.isInToken)
        guard !name.isEmpty else { throw MSRPSyntaxError(.uriParameter, at: cursor.offset) }
        guard cursor.take(UInt8(ascii: "=")) else { return Parameter(name: name.text) }
        let value = cursor.take(while: \.isInToken)
        guard !value.isEmpty else { throw MSRPSyntaxError(.uriParameter, at: cursor.offset) }
        return Parameter(name: name.text, value: value.text)
    }
}
