import Bytes
import SIPSyntax
import SIPTransactions

/// What users ask of their records.
extension ReferenceServer {
    /// Takes the invitation of a user who wants records, which he has to list.
    ///
    /// §13.2.1
    mutating func retrieveConversations(_ request: SIPMessage, _ key: TransactionKey, by user: String) {
        do throws(Refusal) {
            guard mayRecord(user) else { throw Refusal(403, .serviceNotAuthorised) }
            let wanted = SessionRequest(request)
            try accept(request, wanted, key, for: user) { server throws(Refusal) in
                guard let list = wanted.list, !list.isEmpty else { throw Refusal(400, because: "No list of records") }
                return try server.wantedRecords(list.map(\.canonicalURI), of: user)
            }
        } catch {
            refuse(error, key)
        }
    }

    private mutating func wantedRecords(
        _ references: [String], of user: String
    ) throws(Refusal) -> [DeliverySession.Item] {
        guard references.allSatisfy({ conversations.owner(of: $0) ?? user == user }) else {
            throw Refusal(403, .serviceNotAuthorised)
        }
        let records = conversations[user].filter { $0.isComplete && references.contains($0.reference) }
        guard !records.isEmpty else { throw Refusal(404) }
        return faults.handedOver(records.map { $0.item(boundary: generator.token(length: 16)) })
    }
}
