import Bytes

/// A challenge or the answer to one: a scheme and its parameters.
///
/// RFC 3261 §20.7, §20.44, §25.1 credentials, challenge
package struct Credentials: Hashable, Sendable, CustomStringConvertible {
    package var scheme: String
    package var parameters: [Parameter]

    package init(scheme: String, parameters: [Parameter]) {
        self.scheme = scheme
        self.parameters = parameters
    }

    package var description: String {
        scheme + " " + parameters.map(\.written).joined(separator: ", ")
    }
}

extension Credentials: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        scheme = try scanner.token(.authScheme)
        try scanner.whitespace(.authParameter)
        parameters = try scanner.authParameters()
    }
}

extension SIPScanner {
    /// Reads `auth-param *( COMMA auth-param )`, each of which has a value.
    mutating func authParameters() throws(SIPSyntaxError) -> [Parameter] {
        var parameters: [Parameter] = []
        repeat {
            let name = try token(.authParameter)
            guard takeSeparator(UInt8(ascii: "=")) else { throw error(.authParameter) }
            let value = next == .doubleQuote ? try quotedStringRange() : try tokenRange(.authParameter)
            parameters.append(Parameter(name, text(value)))
        } while takeSeparator(UInt8(ascii: ","))
        return parameters
    }
}
