/// A session that can be recorded, on one of its legs or as a whole.
enum RecordedSession: Hashable {
    case conference(Int)
    /// A 1-to-1 session that passes through the server.
    case relayed(Int)
}
