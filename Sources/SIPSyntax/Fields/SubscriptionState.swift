/// How a subscription stands, as its notifier says.
///
/// RFC 6665 §4.1.3, §8.4 Subscription-State
package struct SubscriptionState: Hashable, Sendable, CustomStringConvertible {
    /// `active`, `pending`, `terminated`, or an extension.
    package var state: String
    package var parameters: [Parameter]

    package init(_ state: String, parameters: [Parameter] = []) {
        self.state = state
        self.parameters = parameters
    }

    package var reason: String? { parameters.first("reason")?.value }
    package var expires: Int? { parameters.first("expires")?.value.flatMap { Int($0) } }
    package var retryAfter: Int? { parameters.first("retry-after")?.value.flatMap { Int($0) } }
    package var isTerminated: Bool { state.isEqualIgnoringCase("terminated") }

    package var description: String { state + parameters.written }
}

extension SubscriptionState: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        state = try scanner.token(.substateValue)
        parameters = try scanner.parameters()
    }
}
