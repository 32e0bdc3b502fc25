import Bytes
import MessageBodies
import Network
import SIPSyntax
import SIPTransactions
import XCAP

/// Messages that are kept for users who are away.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2
extension ReferenceServer {
    /// Keeps a request for a user who cannot get it now.
    mutating func deferDelivery(of request: IMRequest, for inquirer: Inquirer) {
        switch (inquirer, request.kind) {
        case (.client(let key), .largeMessage):
            takeLargeMessage(request, key)
        case (.client, .pager), (.client, .session), (.function, _), (.conference, _):
            var message = request.message
            message.remove(.route)
            if case .client = inquirer { message.assert(request.originator) }
            do throws(Refusal) {
                for _ in 0..<faults.copiesKept { try keep(.page(message), for: request.recipient) }
                accept(faults.deferralStatus, inquirer)
            } catch {
                refuse(error, inquirer)
            }
        }
    }

    /// Keeps a message: in the journal before anybody is told so.
    @discardableResult
    mutating func keep(_ content: DeferredMessage.Content, for user: String) throws(Refusal) -> DeferredMessage {
        let message = try deferred.store(content, for: user, named: generator.token(length: 20), at: now)
        journal.append(.deferred(message, user: user))
        writeMetadata(of: user)
        watchDeferredMessages()
        return message
    }

    /// Takes messages out that have been delivered or are not wanted any more.
    @discardableResult
    mutating func discard(_ ids: Set<String>, of user: String) -> [DeferredMessage] {
        let discarded = deferred.remove(ids, of: user)
        journal += discarded.map { .discarded(messageID: $0.id, user: user) }
        writeMetadata(of: user)
        watchDeferredMessages()
        return discarded
    }

    /// Deletes what has expired, and tells the senders who have asked to be told.
    ///
    /// §12.2.2.4
    mutating func expireDeferredMessages() {
        for (user, message) in deferred.expire(at: now) {
            journal.append(.discarded(messageID: message.id, user: user))
            writeMetadata(of: user)
            reportFailure(of: message, to: user)
        }
        watchDeferredMessages()
    }

    /// Writes the metadata of a user anew.
    ///
    /// §12.2.2.8
    mutating func writeMetadata(of user: String) {
        let before = xdms.document(auid: .deferredList, xui: user, name: "deferred-list")
            .flatMap { try? StoredItemList(parsing: $0) }?.items.count
        guard let items = faults.metadata(deferred[user].map(\.metadata), before: before ?? 0) else { return }
        xdms.put(serverDocument: StoredItemList(items).serialized(), auid: .deferredList, xui: user)
    }

    /// Tells the sender of a message that it will not be delivered, if he wants to be told.
    ///
    /// §12.2.2.6
    mutating func reportFailure(of message: DeferredMessage, to user: String) {
        let sender = (try? message.request.firstElement(.pAssertedIdentity, as: NameAddress.self))?.uri
        guard let cpim = message.cpim, let request = cpim.imdnRequest,
            request.dispositions.contains(.negativeDelivery), let sender = message.request.referrer ?? sender
        else { return }
        let report = IMDN(
            messageID: request.messageID, dateTime: cpim.dateTime, recipientURI: user,
            notification: .delivery(.failed))
        self.report([report], by: ServiceFunction.deferredMessages.uri(in: configuration.domain), to: sender)
    }

    /// Wakes up when the next message expires.
    mutating func watchDeferredMessages() {
        guard let next = deferred.nextExpiry else { return disarm(.deferredMessages) }
        arm(.deferredMessages, after: next - now)
    }
}
