/// The recordings that go on.
///
/// OMA-TS-SIMPLE_IM-V1_0 §13: the history function of each user is a participant that nobody sees.
struct RecordingTable {
    /// The reference of the record of each user, by session.
    private var references: [RecordedSession: [String: String]] = [:]

    /// For whom each session has been recorded, whether or not it still is.
    private var begun: [RecordedSession: Set<String>] = [:]

    var count: Int { references.values.reduce(0) { $0 + $1.count } }

    /// The reference under which a session is being recorded for a user.
    func reference(_ session: RecordedSession, of user: String) -> String? { references[session]?[user] }

    /// Those for whom a session is being recorded, in a fixed order.
    func recordings(of session: RecordedSession) -> [(user: String, reference: String)] {
        (references[session] ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Whether a session is or was recorded for a user.
    func hasBegun(_ session: RecordedSession, of user: String) -> Bool { begun[session]?.contains(user) == true }

    mutating func begin(_ session: RecordedSession, of user: String, as reference: String) {
        references[session, default: [:]][user] = reference
        begun[session, default: []].insert(user)
    }

    /// Ends a recording, and gives its reference.
    mutating func end(_ session: RecordedSession, of user: String) -> String? {
        let reference = references[session]?.removeValue(forKey: user)
        if references[session]?.isEmpty == true { references[session] = nil }
        return reference
    }

    /// Forgets a session that is over.
    mutating func forget(_ session: RecordedSession) {
        references[session] = nil
        begun[session] = nil
    }
}
