import MessageBodies

/// The texts of which the user wants to know what becomes of them, by the identifiers that notifications use.
///
/// OMA-TS-SIMPLE_IM-V1_0 §8.1.1, NOTE 2
struct ReportedPages: Sendable {
    /// How many are remembered.
    static let capacity = 100

    private var pages: [(messageID: String, text: String)] = []

    mutating func add(_ text: String, messageID: String) {
        pages.append((messageID, text))
        pages.removeFirst(max(0, pages.count - Self.capacity))
    }

    /// What a notification tells the user, unless it is about something else.
    func report(_ notification: IMDN) -> ProcedureEffect? {
        guard let page = pages.first(where: { $0.messageID == notification.messageID }) else { return nil }
        let outcome =
            switch notification.notification {
            case .delivery(let delivery): delivery.rawValue
            case .processing(let processing): processing.rawValue
            case .display(let display): display.rawValue
            }
        let receiver = notification.recipientURI ?? notification.originalRecipientURI ?? ""
        return .report(.deliveryReported(of: page.text, by: receiver, outcome: outcome))
    }
}
