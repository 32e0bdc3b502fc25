import SIPSyntax

/// How a request of the server came to its final answer, as a rule a bad one.
enum Rejection: Equatable {
    /// The party has answered so.
    case answered(SIPMessage)
    /// The party has not answered; it would have been this.
    case unanswered(Refusal)

    var status: Int {
        switch self {
        case .answered(let response): response.status ?? 500
        case .unanswered(let refusal): refusal.status
        }
    }
}
