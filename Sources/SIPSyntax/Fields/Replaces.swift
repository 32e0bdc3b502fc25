/// The dialog that a new INVITE takes the place of.
///
/// RFC 3891 §6.1
package struct Replaces: Hashable, Sendable, CustomStringConvertible {
    package var callID: String
    package var parameters: [Parameter]

    package init(callID: String, toTag: String, fromTag: String) {
        self.callID = callID
        parameters = [Parameter("to-tag", toTag), Parameter("from-tag", fromTag)]
    }

    package var toTag: String? { parameters.first("to-tag")?.value }
    package var fromTag: String? { parameters.first("from-tag")?.value }
    package var isEarlyOnly: Bool { parameters.first("early-only") != nil }

    package var description: String { callID + parameters.written }
}

extension Replaces: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        callID = try CallIdentifier(scanning: &scanner).text
        parameters = try scanner.parameters()
        if toTag == nil || fromTag == nil { throw scanner.error(.replacesParameter) }
    }
}
