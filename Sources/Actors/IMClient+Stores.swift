import Conformance
import MessageBodies

/// What the server keeps for the user.
extension IMClient {
    mutating func list(_ store: MessageStore) {
        start(ListReading(store, for: .user))
    }

    mutating func delete(_ selection: Selection, from store: MessageStore) {
        switch items(selection, of: store) {
        case .failure(let failure): report(.deletionFailed(store, reason: failure.reason))
        case .success(let items): delete(items, from: store, for: .delete)
        }
    }

    mutating func delete(_ items: StoredItems, from store: MessageStore, for purpose: StoreDeletion.Purpose) {
        start(StoreDeletion(of: items, from: store, for: purpose, profile: profile, identifiers: &identifiers))
    }

    mutating func retrieve(_ selection: Selection, from store: MessageStore) {
        switch deliverableItems(selection, of: store) {
        case .failure(let failure): report(.retrievalFailed(store, reason: failure.reason))
        case .success(.references([])): report(.retrieved(store))
        case .success(let items):
            start(
                StoreRetrieval(
                    defects.contains(.retrievesOthers) ? items.others(in: lists[store]) : items, from: store,
                    profile: profile, defects: defects, identifiers: &identifiers))
        }
    }

    /// The items that the user wants to have; of conversations there is no way to ask for all but to list them.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §13.1.3 (4)
    private func deliverableItems(_ selection: Selection, of store: MessageStore) -> Result<
        StoredItems, DocumentFailure
    > {
        guard store == .history, selection == .all else { return items(selection, of: store) }
        guard let list = lists[store] else {
            return .failure(DocumentFailure(reason: "The list of conversations was never read"))
        }
        return .success(.references(list.references))
    }

    /// The items that the user means, by the list that the client has read last.
    private func items(_ selection: Selection, of store: MessageStore) -> Result<StoredItems, DocumentFailure> {
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
