import Bytes

/// An event package, perhaps with templates, and the parameters that tell subscriptions apart.
///
/// RFC 6665 §8.2.1, §8.4 event-type
package struct EventType: Hashable, Sendable, CustomStringConvertible {
    package var package: String
    package var templates: [String]
    package var parameters: [Parameter]

    package init(_ package: String, templates: [String] = [], parameters: [Parameter] = []) {
        self.package = package
        self.templates = templates
        self.parameters = parameters
    }

    package var id: String? { parameters.first("id")?.value }

    package var description: String {
        ([package] + templates).joined(separator: ".") + parameters.written
    }
}

extension EventType: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        package = try scanner.tokenWithoutDot()
        templates = []
        while scanner.take(UInt8(ascii: ".")) {
            templates.append(try scanner.tokenWithoutDot())
        }
        parameters = try scanner.parameters()
    }
}

extension SIPScanner {
    fileprivate mutating func tokenWithoutDot() throws(SIPSyntaxError) -> String {
        let range = take { $0.isTokenCharacter && $0 != UInt8(ascii: ".") }
        if range.isEmpty { throw error(.eventType) }
        return text(range)
    }
}
