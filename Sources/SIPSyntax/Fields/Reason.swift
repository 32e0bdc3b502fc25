/// Why a request was sent, in the terms of some protocol.
///
/// RFC 3326 §2
package struct Reason: Hashable, Sendable, CustomStringConvertible {
    package var proto: String
    package var parameters: [Parameter]

    package init(_ proto: String, cause: Int? = nil, text: String? = nil) {
        self.proto = proto
        parameters = []
        if let cause { parameters.append(Parameter("cause", "\(cause)")) }
        if let text { parameters.append(Parameter("text", text.quoted)) }
    }

    package var cause: Int? { parameters.first("cause")?.value.flatMap { Int($0) } }
    package var text: String? { parameters.first("text")?.text }

    package var description: String { proto + parameters.written }
}

extension Reason: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        proto = try scanner.token(.reasonValue)
        parameters = try scanner.parameters()
    }
}
