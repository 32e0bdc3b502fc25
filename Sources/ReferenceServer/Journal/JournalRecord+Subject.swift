import XCAP

/// What a record is about, for a store that keeps only what still counts.
extension JournalRecord {
    package enum Kind: String, Sendable, CaseIterable {
        case deferred
        case document
        case conversation
    }

    package struct Subject: Hashable, Sendable {
        package var kind: Kind
        /// Empty for documents, whose names name their users.
        package var user: String
        package var name: String
    }

    /// How a record stands to earlier ones about the same.
    package enum Bearing: Sendable {
        /// It takes the place of what the first of them said.
        case replacement
        case addition
        /// None of them counts any more, nor does it itself.
        case end
    }

    package var subject: Subject {
        switch self {
        case .deferred(let message, let user): Subject(kind: .deferred, user: user, name: message.id)
        case .discarded(let id, let user): Subject(kind: .deferred, user: user, name: id)
        case .document(_, let selector), .documentDeleted(let selector):
            Subject(kind: .document, user: "", name: selector.description)
        case .recorded(let record, let user): Subject(kind: .conversation, user: user, name: record.reference)
        case .recordedMessage(_, let reference, let user), .recordingEnded(let reference, _, let user),
            .erased(let reference, let user):
            Subject(kind: .conversation, user: user, name: reference)
        }
    }

    package var bearing: Bearing {
        switch self {
        case .deferred, .document, .recorded: .replacement
        case .recordedMessage, .recordingEnded: .addition
        case .discarded, .documentDeleted, .erased: .end
        }
    }
}
