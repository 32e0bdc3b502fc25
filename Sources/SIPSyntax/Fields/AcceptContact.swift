/// The features that a caller wants the callee's agent to have: Accept-Contact and Reject-Contact.
///
/// RFC 3841 §9.2, §9.3
package struct AcceptContact: Hashable, Sendable, CustomStringConvertible {
    package var parameters: [Parameter]

    package init(parameters: [Parameter]) {
        self.parameters = parameters
    }

    package var isRequired: Bool { parameters.first("require") != nil }
    package var isExplicit: Bool { parameters.first("explicit") != nil }

    /// The parameters that are feature tags, by what they say.
    package func features() throws(SIPSyntaxError) -> [FeatureParameter] {
        try parameters.features()
    }

    package var description: String { "*" + parameters.written }
}

extension AcceptContact: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        guard scanner.take(UInt8(ascii: "*")) else { throw scanner.error(.acValue) }
        parameters = try scanner.parameters()
    }
}
