import Network
import SIPSyntax

/// The messages that wait for their recipients, of each in the order of arrival.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.3 and §12.2.2.4
struct DeferredStore {
    let host: String
    let expiry: ReferenceServer.Expiry
    let limits: ReferenceServer.Limits

    private var messages: [String: [DeferredMessage]] = [:]
    private var owners: [String: String] = [:]
    /// The room that all messages take.
    private(set) var size = 0

    init(host: String, expiry: ReferenceServer.Expiry, limits: ReferenceServer.Limits) {
        self.host = host
        self.expiry = expiry
        self.limits = limits
    }

    /// The messages that wait for a user, the oldest first.
    subscript(user: String) -> [DeferredMessage] { messages[user] ?? [] }

    /// The users for whom something waits.
    var users: [String] { messages.keys.sorted() }

    /// The user for whom a message waits.
    func owner(of id: String) -> String? { owners[id] }

    /// When the next message expires.
    var nextExpiry: Instant? { messages.values.joined().map(\.expires).min() }

    /// Whether a message of this size could be kept for a user.
    func hasRoom(for size: Int, of user: String) -> Bool {
        let own = self[user]
        return own.count < limits.deferredMessagesPerUser
            && own.reduce(size) { $0 + $1.size } <= limits.deferredBytesPerUser
            && self.size + size <= limits.deferredBytes && (messages[user] != nil || messages.count < limits.users)
    }

    /// Keeps a message under an identifier that nothing else has.
    mutating func store(
        _ content: DeferredMessage.Content, for user: String, named name: String, at time: Instant
    ) throws(Refusal) -> DeferredMessage {
        let message = DeferredMessage(
            id: "sip:\(name)@\(host)", content: content, received: time, expires: time + lifetime(of: content))
        guard hasRoom(for: message.size, of: user) else {
            throw Refusal(480, because: "No room for deferred messages")
        }
        put(message, for: user)
        return message
    }

    /// Puts a message behind those of the user, or in the place of its earlier state.
    mutating func put(_ message: DeferredMessage, for user: String) {
        size += message.size
        owners[message.id] = user
        if let index = self[user].firstIndex(where: { $0.id == message.id }) {
            size -= self[user][index].size
            messages[user]?[index] = message
        } else {
            messages[user, default: []].append(message)
        }
    }

    /// Adds what the sender's BYE had in its fields.
    mutating func complete(_ id: String, of user: String, by bye: SIPMessage) -> DeferredMessage? {
        guard var message = self[user].first(where: { $0.id == id }), case .large(var content) = message.content else {
            return nil
        }
        content.bye = bye
        message.content = .large(content)
        put(message, for: user)
        return message
    }

    /// Takes messages out, and gives those that were there.
    mutating func remove(_ ids: Set<String>, of user: String) -> [DeferredMessage] {
        let removed = self[user].filter { ids.contains($0.id) }
        let kept = self[user].filter { !ids.contains($0.id) }
        messages[user] = kept.isEmpty ? nil : kept
        size -= removed.reduce(0) { $0 + $1.size }
        for message in removed { owners[message.id] = nil }
        return removed
    }

    /// Takes out the messages whose time has passed, and says whose they were.
    mutating func expire(at time: Instant) -> [(user: String, message: DeferredMessage)] {
        messages.keys.sorted().flatMap { user in
            let expired = self[user].filter { $0.expires <= time }.map(\.id)
            return remove(Set(expired), of: user).map { (user, $0) }
        }
    }

    /// How long a message is kept: as it asks for, if that is below the maximum.
    ///
    /// §12.2.2.3 step 6
    private func lifetime(of content: DeferredMessage.Content) -> Duration {
        guard case .page(let request) = content, let seconds = try? request.expires(), seconds < expiry.maximum else {
            return .seconds(expiry.preset)
        }
        return .seconds(seconds)
    }
}
