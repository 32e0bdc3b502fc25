import Bytes
import Network
import SIPSyntax
import SIPTransactions

/// Messages that are kept for users who are away.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2
extension ReferenceServer {
    /// Keeps a request for a user who cannot get it now.
    mutating func deferDelivery(of request: IMRequest, for inquirer: Inquirer) {
        var message = request.message
        message.remove(.route)
        if case .client = inquirer { message.assert(request.originator) }
        do throws(Refusal) {
            try keep(.page(message), for: request.recipient)
            accept(202, inquirer)
        } catch {
            refuse(error, inquirer)
        }
    }

    /// Keeps a message: in the journal before anybody is told so.
    @discardableResult
    mutating func keep(_ content: DeferredMessage.Content, for user: String) throws(Refusal) -> DeferredMessage {
        let message = try deferred.store(content, for: user, named: generator.token(length: 20), at: now)
        journal.append(.deferred(message, user: user))
        watchDeferredMessages()
        return message
    }

    /// Takes messages out that have been delivered or are not wanted any more.
    @discardableResult
    mutating func discard(_ ids: Set<String>, of user: String) -> [DeferredMessage] {
        let discarded = deferred.remove(ids, of: user)
        journal += discarded.map { .discarded(messageID: $0.id, user: user) }
        watchDeferredMessages()
        return discarded
    }

    /// §12.2.2.4: what has expired is deleted.
    mutating func expireDeferredMessages() {
        for (user, message) in deferred.expire(at: now) {
            journal.append(.discarded(messageID: message.id, user: user))
        }
        watchDeferredMessages()
    }

    /// Wakes up when the next message expires.
    mutating func watchDeferredMessages() {
        guard let next = deferred.nextExpiry else { return disarm(.deferredMessages) }
        arm(.deferredMessages, after: next - now)
    }
}
