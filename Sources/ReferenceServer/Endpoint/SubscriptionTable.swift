import SIPDialogs
import SIPSyntax

/// Whose state a subscription is about.
enum SubscriptionOwner: Hashable {
    /// What comes of a REFER, which nobody can be asked for: the server keeps the latest news of it.
    case refer
    /// Who is in a conference.
    case conference(Int)
}

/// The subscriptions whose notifier the server is, and how they are found.
struct SubscriptionTable {
    struct Entry {
        var subscription: Subscription
        let owner: SubscriptionOwner
        /// The session in whose dialog the notifications go; nil when the subscription has a dialog of its own.
        let session: DialogOwner?
        /// What has been told last, for owners who cannot be asked.
        var latest: Subscription.Notification?
    }

    private var entries: [Int: Entry] = [:]
    private var byID: [DialogID: Int] = [:]

    var count: Int { entries.count }

    subscript(id: Int) -> Entry? { entries[id] }

    /// The subscription that a request belongs to.
    func subscription(of request: SIPMessage) -> Int? { DialogID(received: request).flatMap { byID[$0] } }

    mutating func insert(_ entry: Entry, as id: Int) {
        entries[id] = entry
        if let dialogID = entry.subscription.id { byID[dialogID] = id }
    }

    mutating func handle(_ event: Subscription.Event, in id: Int) -> [Subscription.Effect] {
        entries[id]?.subscription.handle(event) ?? []
    }

    mutating func notify(
        _ notification: Subscription.Notification?, last: Subscription.Reason?, in id: Int
    ) -> [Subscription.Effect] {
        entries[id]?.latest = notification
        return entries[id]?.subscription.notify(notification, last: last) ?? []
    }

    mutating func remove(_ id: Int) {
        if let dialogID = entries.removeValue(forKey: id)?.subscription.id { byID[dialogID] = nil }
    }
}
