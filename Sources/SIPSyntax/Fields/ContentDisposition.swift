/// What a body is for.
///
/// RFC 3261 §20.11
package struct ContentDisposition: Hashable, Sendable, CustomStringConvertible {
    package var type: String
    package var parameters: [Parameter]

    package init(_ type: String, parameters: [Parameter] = []) {
        self.type = type
        self.parameters = parameters
    }

    package var handling: String? { parameters.first("handling")?.value }

    package var description: String { type + parameters.written }
}

extension ContentDisposition: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        type = try scanner.token(.dispType)
        parameters = try scanner.parameters()
    }
}
