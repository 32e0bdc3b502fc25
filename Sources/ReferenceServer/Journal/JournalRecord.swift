package import Network
package import XCAP

/// Something that the server has promised to keep.
///
/// A driver with a durable store writes each record before it carries out the effects that come after it; the records
/// of a whole life, given to `restore`, bring back what was kept.
package enum JournalRecord: Sendable, Equatable {
    /// A message is kept for a user, in the place of an earlier state of the same message if there is one.
    case deferred(DeferredMessage, user: String)
    /// A kept message has been delivered, deleted, or has expired.
    case discarded(messageID: String, user: String)
    /// A user has written a document.
    case document([UInt8], DocumentSelector)
    case documentDeleted(DocumentSelector)
    /// A record of a conversation has been begun, or that of a message made.
    case recorded(ConversationRecord, user: String)
    case recordedMessage(RecordedMessage, reference: String, user: String)
    case recordingEnded(reference: String, at: Instant, user: String)
    case erased(reference: String, user: String)
}
