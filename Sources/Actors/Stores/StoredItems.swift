import Conformance
import MessageBodies

/// Which of the stored items a procedure is about.
enum StoredItems: Sendable, Equatable {
    case all
    /// The items with these references.
    case references([String])
}

extension StoredItems {
    /// As many items, but others than these: the next in the list, or ones that nobody has.
    func others(in list: StoredItemList?) -> StoredItems {
        guard case .references(let references) = self, let all = list?.references else { return self }
        let others = all.filter { !references.contains($0) }
        return .references(
            references.enumerated().map { place, reference in
                others.indices.contains(place) ? others[place] : reference.replacing("sip:", with: "sip:x")
            })
    }
}

extension MessageStore {
    /// The function that delivers what is stored here, and that stands for all of it.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 Appendix I
    func function(at services: Services) -> String {
        switch self {
        case .deferred: services.deferredMessaging
        case .history: services.conversationHistory
        }
    }
}

extension StoredItemList {
    /// The items at these places, counted from 1; nil where there is none at one of them.
    func references(at places: [Int]) -> [String]? {
        let references = references
        guard places.allSatisfy({ references.indices.contains($0 - 1) }) else { return nil }
        return places.map { references[$0 - 1] }
    }

    /// The references of these items; the printed example leaves out their scheme.
    var references: [String] {
        items.map { item in
            let hasScheme = item.reference.prefix { $0 != "@" }.contains(":")
            return hasScheme ? item.reference : "sip:\(item.reference)"
        }
    }
}
