import Conformance
import Dissection
import Network

// Who takes part in conferences, and what they are told of it.
extension Evidence {
    /// How long a server may take to tell of something, such as a change of conference state.
    ///
    /// RFC 4575 §3.9 lets it hold a notification back for five seconds.
    static let noticeLimit = Duration.seconds(10)

    /// Who is connected, as a notification shows, in words.
    func words(for notice: ConferenceNotice) -> String {
        guard notice.users != nil else {
            return "nothing that can be relied on, as notifications before it are missing"
        }
        let names = notice.connected.map { client(behind: $0.entity)?.description ?? $0.entity }
        return names.isEmpty ? "nobody connected" : "\(names.sorted().inWords) connected"
    }

    /// Whether the client has established a session, by its own INVITE or as the one who was invited.
    func hasJoined(_ client: PartyName) -> Bool { lastJoin(of: client) != nil }

    /// The last 2xx to an INVITE by which the client came into a session.
    func lastJoin(of client: PartyName) -> DissectedMessage? {
        let invites = openingRequests("INVITE", .sent, at: client) + openingRequests("INVITE", .received, at: client)
        return invites.compactMap { dissection.responses(to: $0).first(where: \.isSuccess) }
            .max { $0.number < $1.number }
    }

    /// The refusal by which a client that was invited, and has joined in no other way, stayed away.
    func refusalToJoin(_ client: PartyName) -> DissectedMessage? {
        guard !hasJoined(client) else { return nil }
        return openingRequests("INVITE", .received, at: client).compactMap { invite in
            dissection.responses(to: invite).first { $0.isFinal && !$0.isSuccess }
        }.last
    }
}

extension Collection where Element: CustomStringConvertible {
    /// `A`, `A and B`, `A, B and C`.
    var inWords: String {
        let words = map(\.description)
        guard words.count > 1 else { return words.first ?? "nobody" }
        return words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
    }
}
