import MSRP
import MessageBodies
import SIPSyntax

/// What becomes of messages that are kept, and of what is told about them.
extension Faults {
    /// How often a message for a user who is away is put into the store.
    var copiesKept: Int { has(.deferredNotStored) ? 0 : has(.deferredTwice) ? 2 : 1 }

    /// The status that the sender of such a message gets.
    var deferralStatus: Int { has(.deferredAnsweredOK) ? 200 : 202 }

    /// Whether what is kept is pushed as soon as the user has registered.
    var pushesAtRegistration: Bool { has(.pushesAtRegistration) }

    /// Whether what is kept is pushed to a user who has published this.
    func pushes(_ settings: IMServiceSettings) -> Bool {
        if has(.neverPushes) { return false }
        return settings.wantsOfflineDelivery || has(.pushesUnasked)
    }

    /// Whether what is kept comes as pages to a user who has published.
    var pushesAsPages: Bool { has(.pushesAsPages) }

    /// The messages that are handed over.
    func handedOver(_ messages: [DeferredMessage]) -> [DeferredMessage] {
        var altered = has(.deferredTextAltered) ? messages.map(\.altered) : messages
        if has(.deferredCallIDChanged) { altered = altered.map(\.renamed) }
        return has(.deferredOrderReversed) ? altered.reversed() : altered
    }

    /// The messages that are found for a list of some of those that wait.
    func found(_ wanted: [DeferredMessage], among waiting: [DeferredMessage]) -> [DeferredMessage] {
        guard has(.retrievesWrongMessage) else { return wanted }
        let others = waiting.filter { !wanted.contains($0) }
        return others.isEmpty ? wanted : Array(others.prefix(wanted.count))
    }

    /// Whether a message that its user has taken leaves the store.
    var discardsDelivered: Bool { !has(.deferredKeptAfterDelivery) }

    /// What is deleted when this is to be, of all that there is.
    func deleted(_ wanted: Set<String>, of all: [String]) -> Set<String> {
        if has(.deletesNothing) { return [] }
        if has(.deletesFirstOfList), wanted.count < all.count { return Set(all.filter(wanted.contains).prefix(1)) }
        if has(.deletesAllButOne), wanted.count == all.count, wanted.count > 1 { return Set(all.dropLast()) }
        return has(.deletesTooMuch) && !wanted.isEmpty ? Set(all) : wanted
    }

    /// The status that who deletes gets.
    var deletionStatus: Int { has(.deletionAnsweredAccepted) ? 202 : 200 }

    /// The metadata of deferred messages as they are written; nil leaves those that are there.
    func metadata(_ items: [StoredItem], before: Int) -> [StoredItem]? {
        if has(.deferredMetadataMissing) { return [] }
        if has(.deferredMetadataStale), items.count < before { return nil }
        guard has(.deferredMetadataFromWrong) else { return items }
        return items.map { item in
            guard case .pager(var pager)? = item.content else { return item }
            (pager.from, pager.authID) = (pager.to, pager.to)
            var item = item
            item.content = .pager(pager)
            return item
        }
    }

    /// The Contact of the server where it is a machine.
    func machineParameters(_ parameters: [Parameter]) -> [Parameter] {
        has(.automataMissing) ? parameters.filter { $0.name != "automata" } : parameters
    }

    /// Whether a session in which something was handed over ends with a BYE of the server.
    var releasesDeliveries: Bool { !has(.deliveryNotReleased) }

    /// Whether who has sent a REFER to a store hears what came of it.
    var notifiesReferrers: Bool { !has(.referNotificationMissing) }

    /// The type of the body that tells what came of a REFER.
    var outcomeType: String { has(.referOutcomeInWords) ? "text/plain" : "message/sipfrag;version=2.0" }
}

extension DeferredMessage {
    /// The message with a Call-ID that its sender has not given it.
    fileprivate var renamed: DeferredMessage {
        var message = self
        switch content {
        case .page(var request):
            request.set(.callID, id)
            message.content = .page(request)
        case .large(var large):
            large.invite.set(.callID, id)
            message.content = .large(large)
        }
        return message
    }

    /// The message with another last character.
    fileprivate var altered: DeferredMessage {
        var message = self
        switch content {
        case .page(var request):
            request.body = request.body.withLastCharacterChanged
            message.content = .page(request)
        case .large(var large):
            large.send.body = large.send.body?.withLastCharacterChanged
            message.content = .large(large)
        }
        return message
    }
}
