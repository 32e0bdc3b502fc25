import Conformance
import Dissection

/// Whether the conference state at a client shows, at some moment, exactly these clients connected.
///
/// RFC 4575 §4.6: one notification tells little; what counts is what all of them say together.
struct Membership {
    var client: PartyName
    var members: [PartyName]
    var anchor: MessageSelector?

    private var expected: String {
        let since = anchor.map { " after the first \($0.words)" } ?? ""
        return "the conference state at \(client) shows \(members.inWords) connected and nobody else\(since)"
    }

    func judge(_ evidence: Evidence) -> Judgment {
        var first = 0
        if let anchor {
            guard let found = evidence.messages(matching: anchor).first else {
                return .inconclusive(expected, observed: "there is no \(anchor.words)")
            }
            first = found.number
        }
        let notices = evidence.dissection.notices.filter { $0.receiver == client && $0.message > first }
        for notice in notices where shows(notice, evidence) {
            return .pass(
                expected, observed: "so it is from message #\(notice.message) on", [evidence.dissection[notice.message]]
            )
        }
        return missing(notices, first, evidence)
    }

    private func shows(_ notice: ConferenceNotice, _ evidence: Evidence) -> Bool {
        guard notice.users != nil else { return false }
        let found = notice.connected.map { evidence.client(behind: $0.entity) }
        return found.count == members.count && Set(found) == Set(members.map(Optional.some))
    }

    private func missing(_ notices: [ConferenceNotice], _ first: Int, _ evidence: Evidence) -> Judgment {
        let last = notices.last
        let found = last.map { [evidence.dissection[$0.message]] } ?? []
        let observed = last.map { "at last it shows \(evidence.words(for: $0))" } ?? "no notification of it"
        // Who has refused its invitation, or never answered it, is no participant because of itself.
        for member in members + [client] {
            guard let (refusal, party) = evidence.refusalToJoin(member) else { continue }
            return .fail(
                expected, observed: "\(observed); \(member) answered \(refusal.refusalInWords)", found + [refusal],
                party)
        }
        if let ignored = evidence.ignoredNotification(at: client) {
            return .fail(
                expected, observed: "\(observed); \(client) never answered \(inWords([ignored]))", found + [ignored],
                client)
        }
        guard let last else {
            return ConferenceSubscription(client: client).judge(expected, after: first, evidence)
        }
        for member in members where member != client {
            guard evidence.hasJoined(member) else {
                return .inconclusive(expected, observed: "\(observed); \(member) has established no session", found)
            }
        }
        let strangers = last.connected.filter { evidence.client(behind: $0.entity) == nil }
        let unnamed = members.filter { !evidence.knowsName(of: $0) }
        guard strangers.isEmpty || unnamed.isEmpty else {
            return .inconclusive(
                expected, observed: "\(observed), and nothing tells by which name \(unnamed.inWords) goes", found)
        }
        let joined = members.compactMap { evidence.lastJoin(of: $0) }.map(\.number).max() ?? 0
        guard evidence.isWhole(for: client),
            let decision = evidence.silence(since: max(joined, first), atLeast: Evidence.noticeLimit)
        else {
            return .inconclusive(expected, observed: "\(observed), and the trace ends too early to tell", found)
        }
        return .fail(expected, observed: observed, found, last.sender, decision)
    }
}
