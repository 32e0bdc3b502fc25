/// Whether a REFER creates a subscription.
///
/// RFC 4488 §4
package struct ReferSub: Hashable, Sendable, CustomStringConvertible {
    package var createsSubscription: Bool
    package var parameters: [Parameter]

    package init(createsSubscription: Bool) {
        self.createsSubscription = createsSubscription
        parameters = []
    }

    package var description: String { "\(createsSubscription)\(parameters.written)" }
}

extension ReferSub: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        let value = try scanner.tokenRange(.referSubValue)
        createsSubscription = scanner.matches(value, "true")
        guard createsSubscription || scanner.matches(value, "false") else {
            throw SIPSyntaxError(.referSubValue, at: value.lowerBound)
        }
        parameters = try scanner.parameters()
    }
}
