import Conformance
import MessageBodies

/// What the server keeps for the user.
extension IMClient {
    mutating func delete(_ selection: Selection, from store: MessageStore) {
        switch items(selection, of: store) {
        case .failure(let failure): report(.deletionFailed(store, reason: failure.reason))
        case .success(let items): delete(items, from: store, for: .delete)
        }
    }

    mutating func delete(_ items: StoredItems, from store: MessageStore, for purpose: StoreDeletion.Purpose) {
        start(StoreDeletion(of: items, from: store, for: purpose, profile: profile, identifiers: &identifiers))
    }

    /// The items that the user means, by the list that the client has read last.
    func items(_ selection: Selection, of store: MessageStore) -> Result<StoredItems, DocumentFailure> {
        switch selection {
        case .all: return .success(.all)
        case .places(let places):
            guard let references = lists[store]?.references(at: places) else {
                return .failure(DocumentFailure(reason: "No list that was read has the items \(places)"))
            }
            return .success(.references(references))
        }
    }
}
