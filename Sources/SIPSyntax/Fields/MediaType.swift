/// A type of body: the value of Content-Type.
///
/// RFC 3261 §20.15
package struct MediaType: Hashable, Sendable, CustomStringConvertible {
    package var type: String
    package var subtype: String
    package var parameters: [Parameter]

    package init(_ type: String, _ subtype: String, parameters: [Parameter] = []) {
        self.type = type
        self.subtype = subtype
        self.parameters = parameters
    }

    package var description: String { "\(type)/\(subtype)\(parameters.written)" }

    /// Type and subtype in lower case, which is what types are compared by.
    package var essence: String { "\(type)/\(subtype)".lowercased() }
}

extension MediaType: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        type = try scanner.token(.mediaType)
        guard scanner.takeSeparator(UInt8(ascii: "/")) else { throw scanner.error(.mediaType) }
        subtype = try scanner.token(.mediaType)
        parameters = try scanner.parameters()
    }
}
