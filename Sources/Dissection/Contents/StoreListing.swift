package import Conformance
import HTTPSyntax
import MessageBodies

/// A list of stored items, as the server has given it to a client.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.1.2 and §13.1.4
package struct StoreListing: Sendable {
    /// An item of the list.
    package struct Item: Sendable, Hashable {
        /// The URI by which the item is asked for and deleted.
        package var reference: String
        package var from: String?
        package var to: String?
        /// When it was stored or began, as written.
        package var time: String?
        /// The name that the user has given it.
        package var name: String?
        package var size: Int?
        package var expiry: String?
        package var subject: String?
        /// The users who took part in a conversation, as URIs.
        package var participants: [String]
    }

    /// The number of the response.
    package var message: Int
    package var client: PartyName?
    package var store: MessageStore
    /// The items in the order of their times, those of one time as the document has them.
    package var items: [Item]

    /// The lists of the trace in its order; a document that is not there is a list without items.
    static func all(in messages: [DissectedMessage]) -> [StoreListing] {
        messages.compactMap { response in
            response.answers.flatMap { StoreListing(response, to: messages[$0 - 1]) }
        }
    }

    /// The list that a response gives to a request.
    package init?(_ response: DissectedMessage, to request: DissectedMessage) {
        guard response.isHTTP, let status = response.responseStatus, request.requestMethod == "GET",
            let store = MessageStore(document: request.http?.target ?? "", response.contentType)
        else { return nil }
        switch status {
        case 404: self.init(response, store, [])
        case 200:
            guard let list = response.storedItems else { return nil }
            self.init(response, store, list.items)
        default: return nil
        }
    }

    private init(_ response: DissectedMessage, _ store: MessageStore, _ items: [StoredItem]) {
        message = response.number
        client = response.receiver
        self.store = store
        let found = items.map(Item.init).enumerated()
        self.items = found.sorted { ($0.element.time ?? "", $0.offset) < ($1.element.time ?? "", $1.offset) }
            .map(\.element)
    }
}

extension StoreListing.Item {
    init(_ item: StoredItem) {
        let (pager, conference): (StoredItem.Pager?, StoredItem.Conference?) =
            switch item.content {
            case .pager(let pager): (pager, nil)
            case .conference(let conference): (nil, conference)
            case nil: (nil, nil)
            }
        self.init(
            reference: item.reference, from: pager?.from, to: pager?.to, time: item.time,
            name: conference?.recordingName, size: item.size, expiry: item.expiry, subject: item.subject,
            participants: (conference?.participants?.entries ?? []).map(\.uri))
    }
}

extension MessageStore {
    /// The store whose list a request asks for.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 does not name the application usages; these are those of OMA IM XDM.
    fileprivate init?(document path: String, _ contentType: String?) {
        let usage = path.lowercased()
        let type = contentType.map { ContentType(parsing: $0)?.essence ?? "" }
        if usage.contains("deferred-list") || type == StoredItemList.deferredMediaType {
            self = .deferred
        } else if usage.contains("conv-history") || type == StoredItemList.historyMediaType {
            self = .history
        } else {
            return nil
        }
    }
}

extension DissectedMessage {
    /// The list of stored items in the body, or nil without one that can be read.
    var storedItems: StoredItemList? {
        guard isHTTP, responseStatus == 200, !body.isEmpty else { return nil }
        return try? StoredItemList(parsing: body)
    }

    /// Every value of a part that stands in a list of stored items.
    func listValues(of part: DissectedPart) -> [String] {
        guard let items = storedItems?.items.map(StoreListing.Item.init) else { return [] }
        return switch part {
        case .listCount: [String(items.count)]
        case .listReference: items.map(\.reference)
        case .listFrom: items.compactMap(\.from)
        case .listTo: items.compactMap(\.to)
        case .listTime: items.compactMap(\.time)
        case .listSize: items.compactMap(\.size).map(String.init)
        case .listExpiry: items.compactMap(\.expiry)
        case .listSubject: items.compactMap(\.subject)
        case .listName: items.compactMap(\.name)
        default: []
        }
    }
}
