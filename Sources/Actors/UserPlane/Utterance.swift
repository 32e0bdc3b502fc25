/// A text that the user says, and what is to be told of its fate.
struct Utterance: Sendable {
    enum Purpose: Sendable {
        case message
        /// It is only tried, for the session may be over.
        case attempt
    }

    let text: String
    /// For whom alone it is; for everybody when there are none.
    var receivers: [String] = []
    var purpose = Purpose.message

    /// The report that the peer has answered every chunk with 200.
    func sent(in session: String) -> ClientReport {
        switch purpose {
        case .message: .sent(text: text, session: session)
        case .attempt: .attempted(text: text, session: session, outcome: "MSRP 200")
        }
    }

    func failed(in session: String, because reason: String) -> ClientReport {
        switch purpose {
        case .message: .sendFailed(text: text, session: session, reason: reason)
        case .attempt: .attempted(text: text, session: session, outcome: reason)
        }
    }
}

extension Utterance {
    /// What an action says; nil for one that says nothing.
    init?(_ action: ClientAction) {
        switch action {
        case .send(let text, _): self.init(text: text)
        case .whisper(let text, _, let receivers): self.init(text: text, receivers: receivers)
        case .attempt(let text, _): self.init(text: text, purpose: .attempt)
        default: return nil
        }
    }
}
