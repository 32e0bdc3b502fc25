import MSRP
import Network
import SIPSyntax

/// The conversations that users have had recorded, of each in the order in which they began.
///
/// OMA-TS-SIMPLE_IM-V1_0 §13.2.3
struct ConversationStore {
    let host: String
    /// How long a record is kept once nothing more is added to it.
    let lifetime: Duration
    let limits: ReferenceServer.Limits

    private var records: [String: [ConversationRecord]] = [:]
    private var owners: [String: String] = [:]
    /// The room that all records take.
    private(set) var size = 0

    init(host: String, lifetime: Duration, limits: ReferenceServer.Limits) {
        self.host = host
        self.lifetime = lifetime
        self.limits = limits
    }

    /// The records of a user, the oldest first, whether or not they are complete.
    subscript(user: String) -> [ConversationRecord] { records[user] ?? [] }

    /// The users who have records.
    var users: [String] { records.keys.sorted() }

    /// The user whose record this is.
    func owner(of reference: String) -> String? { owners[reference] }

    /// When a record expires; nil as long as something may be added to it.
    func expiry(of record: ConversationRecord) -> Instant? { record.end.map { $0 + lifetime } }

    /// When the next record expires.
    var nextExpiry: Instant? { records.values.joined().compactMap(expiry).min() }

    /// The references of the records of each user that have expired.
    func expired(at time: Instant) -> [(user: String, references: Set<String>)] {
        users.map { user in
            let expired = self[user].filter { expiry(of: $0).map { $0 <= time } == true }
            return (user, Set(expired.map(\.reference)))
        }.filter { !$0.references.isEmpty }
    }

    /// Whether so much more could be kept for a user.
    func hasRoom(for size: Int, of user: String) -> Bool {
        self[user].reduce(size) { $0 + $1.size } <= limits.recordedBytesPerUser
            && self.size + size <= limits.recordedBytes && (records[user] != nil || records.count < limits.users)
    }

    /// Whether another record of this size could be kept for a user.
    func hasRoom(forRecordOf size: Int, of user: String) -> Bool {
        self[user].count < limits.recordsPerUser && hasRoom(for: size, of: user)
    }

    /// Keeps a record under a reference that nothing else has; nil when there is no room.
    mutating func store(
        _ content: ConversationRecord.Content, for user: String, named name: String, at time: Instant
    ) -> ConversationRecord? {
        let record = ConversationRecord(reference: "sip:\(name)@\(host)", content: content, start: time)
        guard hasRoom(forRecordOf: record.size, of: user) else { return nil }
        put(record, for: user)
        return record
    }

    /// Puts a record behind those of the user.
    mutating func put(_ record: ConversationRecord, for user: String) {
        _ = remove([record.reference], of: user)
        records[user, default: []].append(record)
        owners[record.reference] = user
        size += record.size
    }

    /// Adds a message to a conversation that is being recorded; nothing is added when there is no room.
    mutating func append(_ message: RecordedMessage, to reference: String, of user: String) -> Bool {
        guard hasRoom(for: message.send.size, of: user),
            change(reference, of: user, { $0.messages.append(message) })
        else { return false }
        size += message.send.size
        return true
    }

    /// Ends a conversation that is being recorded, and gives its record.
    mutating func end(_ reference: String, of user: String, at time: Instant) -> ConversationRecord? {
        guard change(reference, of: user, { $0.end = time }) else { return nil }
        return self[user].first { $0.reference == reference }
    }

    /// Takes records out, and gives the references of those that were there.
    mutating func remove(_ references: Set<String>, of user: String) -> [String] {
        let removed = self[user].filter { references.contains($0.reference) }
        let kept = self[user].filter { !references.contains($0.reference) }
        records[user] = kept.isEmpty ? nil : kept
        size -= removed.reduce(0) { $0 + $1.size }
        for record in removed { owners[record.reference] = nil }
        return removed.map(\.reference)
    }

    /// Changes a conversation that is being recorded, and says whether there is one.
    private mutating func change(
        _ reference: String, of user: String, _ change: (inout ConversationRecord.Conversation) -> Void
    ) -> Bool {
        guard let index = records[user]?.firstIndex(where: { $0.reference == reference }),
            case .conversation(var conversation)? = records[user]?[index].content, conversation.end == nil
        else { return false }
        change(&conversation)
        records[user]?[index].content = .conversation(conversation)
        return true
    }
}
