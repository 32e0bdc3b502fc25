import Bytes

extension SIPURI {
    /// Reads a URI as far as its grammar goes; what may follow is the caller's matter.
    ///
    /// RFC 3261 §25.1 SIP-URI, SIPS-URI
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        let scheme = scanner.take(while: \.isSchemeCharacter)
        let isSecure = scanner.matches(scheme, "sips")
        guard isSecure || scanner.matches(scheme, "sip") else {
            throw SIPSyntaxError(.scheme, at: scheme.lowerBound)
        }
        guard scanner.take(UInt8(ascii: ":")) else { throw scanner.error(.sipURI) }

        let (user, password) = try scanner.userInfo()
        let host = scanner.text(try scanner.hostRange())
        let port = try scanner.port()
        self.init(
            scheme: isSecure ? "sips" : "sip", user: user, password: password, host: host, port: port,
            parameters: try scanner.uriParameters(), headers: try scanner.uriHeaders())
    }
}

extension UInt8 {
    fileprivate var isUserCharacter: Bool {
        isPasswordCharacter || self == UInt8(ascii: ";") || self == UInt8(ascii: "?") || self == UInt8(ascii: "/")
    }

    fileprivate var isPasswordCharacter: Bool {
        switch self {
        case UInt8(ascii: "&"), UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "$"), UInt8(ascii: ","): true
        default: isUnreserved
        }
    }

    fileprivate var isParameterCharacter: Bool {
        switch self {
        case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "&"),
            UInt8(ascii: "+"), UInt8(ascii: "$"):
            true
        default: isUnreserved
        }
    }

    fileprivate var isHeaderCharacter: Bool {
        switch self {
        case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: ":"),
            UInt8(ascii: "+"), UInt8(ascii: "$"):
            true
        default: isUnreserved
        }
    }
}

extension SIPScanner {
    /// Reads the userinfo, which is there when there is an `@`.
    fileprivate mutating func userInfo() throws(SIPSyntaxError) -> (user: String?, password: String?) {
        let start = position
        guard let sign = bytes[position..<end].firstIndex(of: UInt8(ascii: "@")) else { return (nil, nil) }
        let user = try escapedRun(.userInfo, \.isUserCharacter)
        if user.isEmpty { throw SIPSyntaxError(.userInfo, at: start) }
        var password: String?
        if take(UInt8(ascii: ":")) {
            password = text(try escapedRun(.password, \.isPasswordCharacter))
        }
        guard position == sign, take(UInt8(ascii: "@")) else { throw error(.userInfo) }
        return (text(user), password)
    }

    /// Reads `uri-parameters = *( ";" uri-parameter )`.
    fileprivate mutating func uriParameters() throws(SIPSyntaxError) -> [Parameter] {
        var parameters: [Parameter] = []
        while take(UInt8(ascii: ";")) {
            let name = try escapedRun(.uriParameter, \.isParameterCharacter)
            if name.isEmpty { throw error(.uriParameter) }
            var value: String?
            if take(UInt8(ascii: "=")) {
                let range = try escapedRun(.uriParameter, \.isParameterCharacter)
                if range.isEmpty { throw error(.uriParameter) }
                value = text(range)
            }
            parameters.append(Parameter(text(name), value))
        }
        return parameters
    }

    /// Reads `headers = "?" header *( "&" header )` where there is one.
    fileprivate mutating func uriHeaders() throws(SIPSyntaxError) -> [SIPURI.Header] {
        var headers: [SIPURI.Header] = []
        guard take(UInt8(ascii: "?")) else { return headers }
        repeat {
            let name = try escapedRun(.uriHeader, \.isHeaderCharacter)
            if name.isEmpty { throw error(.uriHeader) }
            guard take(UInt8(ascii: "=")) else { throw error(.uriHeader) }
            headers.append(SIPURI.Header(text(name), text(try escapedRun(.uriHeader, \.isHeaderCharacter))))
        } while take(UInt8(ascii: "&"))
        return headers
    }

    /// A run of characters of a class and of `%` HEXDIG HEXDIG.
    private mutating func escapedRun(
        _ rule: SIPRule, _ isMember: (UInt8) -> Bool
    ) throws(SIPSyntaxError) -> Range<Int> {
        let start = position
        while true {
            _ = take(while: isMember)
            guard next == UInt8(ascii: "%") else { return start..<position }
            guard position + 2 < end, bytes[position + 1].isHexDigit, bytes[position + 2].isHexDigit else {
                throw error(rule)
            }
            back(to: position + 3)
        }
    }
}
