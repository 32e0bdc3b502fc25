/// A text on the way of a session that is over, by force: on a new connection to where the peer was.
struct StaleAttempt: Procedure {
    private let text: String
    private var conversation: Conversation
    private let patience: Duration

    init(_ text: String, in conversation: Conversation, patience: Duration) {
        self.text = text
        self.conversation = conversation.revived
        self.patience = patience
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch event {
        case .begin:
            let attempt = Utterance(text: text, purpose: .attempt)
            return conversation.opening + [.arm(.giveUp, after: patience)] + settle(conversation.send(attempt))
        case .media(let event, leg: _):
            return settle(conversation.hear(event))
        case .timer(.giveUp):
            return end(.attempted(text: text, session: conversation.session, outcome: "no MSRP response"))
        case .user, .request, .acknowledged, .cancelled, .response, .failed, .timer, .told, .document:
            return []
        }
    }

    /// Ends with the first word on what has become of the text.
    private func settle(_ effects: [ProcedureEffect]) -> [ProcedureEffect] {
        var outcome: ClientReport?
        var others: [ProcedureEffect] = []
        for effect in effects {
            guard case .report(let report) = effect else {
                others.append(effect)
                continue
            }
            if case .attempted = report { outcome = outcome ?? report }
        }
        return others + (outcome.map(end) ?? [])
    }

    private func end(_ outcome: ClientReport) -> [ProcedureEffect] {
        conversation.closing.filter { if case .media = $0 { true } else { false } } + [.report(outcome), .finish]
    }
}
