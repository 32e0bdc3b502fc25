import MessageBodies
import SIPSyntax
import SIPTransactions

/// The deletion function: it takes deferred messages and conversations out of the stores.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.7 and §13.2.5.2
extension ReferenceServer {
    mutating func delete(_ request: SIPMessage, _ key: TransactionKey, by user: String) {
        do throws(Refusal) {
            let wanted = try DeletionRequest(request, in: configuration.domain)
            let doomed = try doomedItems(wanted, of: user)
            let deleted = discard(faults.deleted(doomed.messages, of: deferred[user].map(\.id)), of: user)
            let records = conversations[user].filter(\.isComplete).map(\.reference)
            erase(faults.deleted(doomed.conversations, of: records), of: user)
            let referral = acceptRefer(request, key, status: faults.deletionStatus)
            for message in deleted { reportFailure(of: message, to: user) }
            tellReferrer(referral, status: 200)
        } catch {
            refuse(error, key)
        }
    }

    /// What is to go: all that is named, or nothing.
    ///
    /// §6.1.1.2.6 step 1: what is named tells in which store it is
    private func doomedItems(
        _ wanted: DeletionRequest, of user: String
    ) throws(Refusal) -> (messages: Set<String>, conversations: Set<String>) {
        switch wanted {
        case .allDeferredMessages:
            return (Set(deferred[user].map(\.id)), [])
        case .allConversations:
            return ([], Set(conversations[user].filter(\.isComplete).map(\.reference)))
        case .items(let items):
            let messages = items.filter { deferred.owner(of: $0) == user }
            let records = conversations[user].filter(\.isComplete).map(\.reference).filter(items.contains)
            guard items.allSatisfy({ messages.contains($0) || records.contains($0) }) else { throw Refusal(404) }
            return (Set(messages), Set(records))
        }
    }
}
