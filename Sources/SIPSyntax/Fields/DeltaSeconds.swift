/// A span of time in seconds, with the parameters that Min-SE may have.
///
/// RFC 3261 §25.1 delta-seconds; RFC 4028 §5
package struct DeltaSeconds: Hashable, Sendable, CustomStringConvertible {
    /// The largest that fields of this form may say.
    ///
    /// RFC 3261 §20.19
    package static let maximum = 4_294_967_295

    package var seconds: Int
    package var parameters: [Parameter]

    package init(_ seconds: Int, parameters: [Parameter] = []) {
        self.seconds = seconds
        self.parameters = parameters
    }

    package var description: String { "\(seconds)\(parameters.written)" }
}

extension DeltaSeconds: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        seconds = try scanner.number(.deltaSeconds)
        parameters = try scanner.parameters()
    }
}
