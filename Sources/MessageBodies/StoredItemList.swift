/// What a server keeps for one user: the document of deferred messages, or that of recorded conversations.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.1.2, §13.1.4 and Appendix J
package struct StoredItemList: Equatable, Sendable {
    package static let deferredMediaType = "application/vnd.oma.im.deferred-list+xml"
    package static let historyMediaType = "application/vnd.oma.im.history-list+xml"

    /// The namespace of both documents; the printed example leaves out a part of it.
    package static let namespace = "urn:oma:xml:im:history-list"
    package static let printedNamespace = "urn:oma:xml:history-list"

    /// The most items that are read of one document.
    package static let maximumItems = 1000

    /// The items in document order.
    package var items: [StoredItem]

    package init(_ items: [StoredItem] = []) {
        self.items = items
    }

    /// The item that a reference names, with or without the scheme that the printed example leaves out.
    package func item(_ reference: String) -> StoredItem? {
        let identity = PolicyIdentity(reference)
        return items.first { PolicyIdentity($0.reference) == identity }
    }
}
