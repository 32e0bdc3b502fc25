/// What the operator of the system under test is asked to let it do.
///
/// The embedded server does it by itself; of another system somebody must ask for it.
package enum OperatorRequest: Sendable, Equatable {
    /// To send a system message.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.4
    case announce(text: String, to: String)
    /// To delete all that it keeps of a kind for a user, before a test case in which somebody else plays that user.
    case empty(Store, of: String)

    /// What a server keeps for its users.
    package enum Store: String, Sendable {
        case deferredMessages = "deferred messages"
        case conversations = "recorded conversations"
    }

    /// What is asked, in words.
    package var words: String {
        switch self {
        case .announce(let text, let user): "a system message “\(text)” to \(user)"
        case .empty(let store, let user): "the \(store.rawValue) of \(user) to be deleted"
        }
    }
}

/// A node that does what its operator asks.
package protocol Operable: Node, Sendable {
    mutating func handle(_ request: OperatorRequest, at time: Instant) -> [NodeEffect]
}
