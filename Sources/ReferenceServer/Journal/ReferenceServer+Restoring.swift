/// What an earlier life of the server has kept.
extension ReferenceServer {
    /// Takes back the records of an earlier life, in their order, before the server starts.
    package mutating func restore(_ records: some Sequence<JournalRecord>) {
        var users: Set<String> = []
        for record in records {
            switch record {
            case .deferred(let message, let user):
                deferred.put(message, for: user)
                users.insert(user)
            case .discarded(let id, let user):
                _ = deferred.remove([id], of: user)
                users.insert(user)
            }
        }
        for user in users.sorted() { writeMetadata(of: user) }
    }
}
