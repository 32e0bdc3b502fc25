import Conformance
import MessageBodies

/// Reads the list of what is stored for the user.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.1.2 and §13.1.4
struct ListReading: Procedure {
    /// Who wants to know.
    enum Reader: Sendable {
        case user
        /// The client itself, which then tells nobody.
        case client
    }

    private let store: MessageStore
    private let reader: Reader

    init(_ store: MessageStore, for reader: Reader) {
        self.store = store
        self.reader = reader
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch event {
        case .begin: return [.access(.list(of: store))]
        case .document(.abandoned) where reader == .client: return [.finish]
        case .document(let outcome): return conclude(outcome) + [.finish]
        case .user, .request, .acknowledged, .cancelled, .response, .failed, .timer, .media, .told: return []
        }
    }

    private func conclude(_ outcome: DocumentOutcome) -> [ProcedureEffect] {
        switch (outcome.list(), reader) {
        case (.success(let list), .user):
            [.remember(list, of: store), .report(.listed(store, count: list.items.count))]
        case (.success(let list), .client): [.remember(list, of: store)]
        case (.failure(let failure), .user): [.report(.listFailed(store, reason: failure.reason))]
        case (.failure(let failure), .client):
            [.report(.protocolTrouble("The list of \(store.rawValue) messages cannot be had: \(failure.reason)"))]
        }
    }
}
