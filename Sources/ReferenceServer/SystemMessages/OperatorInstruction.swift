package import Network

/// What an operator tells the server to do; a system elsewhere has some interface of its own for the same.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.4
package enum OperatorInstruction: Sendable, Equatable {
    /// Sends a system message to a user, by the address of record.
    case announce(SystemMessage, to: String)
    /// Takes note that a user has answered the system messages that asked for it, by whatever means.
    case noteAnswer(of: String)
    /// Ends every session, and begins nothing more.
    case stop
    /// Deletes what is kept for a user.
    case empty(OperatorRequest.Store, of: String)
}
