import Conformance
import Dissection

/// The messages by which their senders break a general rule themselves, as a first reading of the trace shows.
///
/// Whoever gets one may refuse it, and whoever answers it as it deserves is not at fault. What a party leaves undone is
/// no message, and so is not here.
struct Offenses {
    private var messages: Set<Int> = []

    init() {}

    init(of outcomes: [RuleOutcome]) {
        for breach in outcomes.flatMap({ $0.breaches.joined() }) where breach.decision == .presence {
            guard let message = breach.evidence.last, message.sender == breach.party else { continue }
            messages.insert(message.number)
        }
    }

    var isEmpty: Bool { messages.isEmpty }

    func contains(_ message: DissectedMessage) -> Bool { messages.contains(message.number) }
}
