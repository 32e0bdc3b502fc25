/// What an earlier life of the server has kept.
extension ReferenceServer {
    /// Takes back the records of an earlier life, in their order, before the server starts.
    ///
    /// A recording that went on at its end is over: the session is gone.
    package mutating func restore(_ records: some Sequence<JournalRecord>) {
        for record in records { restore(record) }
        for user in deferred.users { writeMetadata(of: user) }
        for user in conversations.users {
            for record in conversations[user] where !record.isComplete {
                _ = conversations.end(record.reference, of: user, at: record.latest)
            }
            writeHistory(of: user)
        }
    }

    private mutating func restore(_ record: JournalRecord) {
        switch record {
        case .deferred(let message, let user): deferred.put(message, for: user)
        case .discarded(let id, let user): _ = deferred.remove([id], of: user)
        case .recorded(let record, let user): conversations.put(record, for: user)
        case .recordedMessage(let message, let reference, let user):
            _ = conversations.append(message, to: reference, of: user)
        case .recordingEnded(let reference, let time, let user):
            _ = conversations.end(reference, of: user, at: time)
        case .erased(let reference, let user): _ = conversations.remove([reference], of: user)
        case .document(let content, let selector): xdms.store(content, at: selector)
        case .documentDeleted(let selector): xdms.remove(selector)
        }
    }
}
