/// A content coding or a language with the weight that a party gives it.
///
/// RFC 3261 §20.2, §20.3, §25.1 encoding, language
package struct Preference: Hashable, Sendable, CustomStringConvertible {
    package var name: String
    package var parameters: [Parameter]

    package var description: String { name + parameters.written }
}

extension Preference: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        name = try scanner.token()
        parameters = try scanner.parameters()
    }
}
