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
        guard let last = notices.last else {
            return ConferenceSubscription(client: client).judge(expected, after: first, evidence)
        }
        let found = [evidence.dissection[last.message]]
        let observed = "at last it shows \(evidence.words(for: last))"
        // Who has refused its invitation, or never answered it, is no participant because of itself.
        for member in members where member != client {
            if let refusal = evidence.refusalToJoin(member) {
                return .fail(
                    expected, observed: "\(observed); \(member) answered \(refusal.label)", found + [refusal],
                    refusal.sender)
            }
            guard evidence.hasJoined(member) else {
                return .inconclusive(expected, observed: "\(observed); \(member) has established no session", found)
            }
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
