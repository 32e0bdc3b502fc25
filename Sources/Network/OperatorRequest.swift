/// What the operator of the system under test is asked to let it do.
///
/// The embedded server does it by itself; of another system somebody must ask for it.
package enum OperatorRequest: Sendable, Equatable {
    /// To send a system message.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.4
    case announce(text: String, to: String)

    /// What is asked, in words.
    package var words: String {
        switch self {
        case .announce(let text, let user): "a system message “\(text)” to \(user)"
        }
    }
}

/// A node that does what its operator asks.
package protocol Operable: Node, Sendable {
    mutating func handle(_ request: OperatorRequest, at time: Instant) -> [NodeEffect]
}
