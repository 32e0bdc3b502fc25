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
            let doomed = try doomedMessages(wanted, of: user)
            let deleted = discard(doomed, of: user)
            let referral = acceptRefer(request, key, status: 200)
            for message in deleted { reportFailure(of: message, to: user) }
            tellReferrer(referral, status: 200)
        } catch {
            refuse(error, key)
        }
    }

    /// The messages that are to go: all that are named, or none.
    private func doomedMessages(_ wanted: DeletionRequest, of user: String) throws(Refusal) -> Set<String> {
        switch wanted {
        case .allDeferredMessages: return Set(deferred[user].map(\.id))
        case .allConversations: return []
        case .items(let items):
            guard items.allSatisfy({ deferred.owner(of: $0) == user }) else { throw Refusal(404) }
            return Set(items)
        }
    }
}
