/// What an earlier life of the server has kept.
extension ReferenceServer {
    /// Takes back the records of an earlier life, in their order, before the server starts.
    package mutating func restore(_ records: some Sequence<JournalRecord>) {
        for record in records {
            switch record {
            case .deferred(let message, let user): deferred.put(message, for: user)
            case .discarded(let id, let user): _ = deferred.remove([id], of: user)
            case .document(let content, let selector): xdms.store(content, at: selector)
            case .documentDeleted(let selector): xdms.remove(selector)
            }
        }
    }
}
