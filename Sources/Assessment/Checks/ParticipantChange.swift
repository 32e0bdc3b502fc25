import Conformance
import Dissection

/// Whether the conference state at a client comes to show a status of another one after some message.
struct ParticipantChange {
    var client: PartyName
    var other: PartyName
    var status: Condition.ParticipantStatus
    var anchor: MessageSelector

    private var expected: String {
        "the conference state at \(client) shows \(other) \(status.rawValue) after the first \(anchor.words)"
    }

    func judge(_ evidence: Evidence) -> Judgment {
        guard let cause = evidence.messages(matching: anchor).first else {
            return .inconclusive(expected, observed: "there is no \(anchor.words)")
        }
        let notices = evidence.dissection.notices.filter { $0.receiver == client }
        let wasKnown = notices.contains { notice in
            notice.message < cause.number && notice.told.contains { evidence.client(behind: $0.entity) == other }
        }
        let later = notices.filter { $0.message > cause.number }
        if let notice = later.first(where: { shows($0, evidence, wasKnown) }) {
            let found = evidence.dissection[notice.message]
            return .pass(expected, observed: "so it does (\(inWords([found])))", [cause, found])
        }
        let found = [cause] + (later.last.map { [evidence.dissection[$0.message]] } ?? [])
        let observed = later.last.map { "at last it shows \(evidence.words(for: $0))" } ?? "no notification after it"
        if let (why, messages, party) = excuse(cause, evidence) {
            return .fail(expected, observed: "\(observed); \(why)", found + messages, party)
        }
        guard !notices.isEmpty else {
            return ConferenceSubscription(client: client).judge(expected, after: 0, evidence)
        }
        guard evidence.isWhole(for: client),
            let decision = evidence.silence(since: cause.number, atLeast: Evidence.noticeLimit)
        else {
            return .inconclusive(expected, observed: "\(observed), and the trace ends too early to tell", found)
        }
        return .fail(expected, observed: observed, found, .server, decision)
    }

    /// Why the server is not the one who has kept the change from the client, and who is.
    private func excuse(
        _ cause: DissectedMessage, _ evidence: Evidence
    ) -> (why: String, messages: [DissectedMessage], party: PartyName?)? {
        for party in status == .connected ? [client, other] : [client] {
            guard let (refusal, culprit) = evidence.refusalToJoin(party) else { continue }
            return ("\(party) answered \(refusal.refusalInWords)", [refusal], culprit)
        }
        if let ignored = evidence.ignoredNotification(at: client) {
            return ("\(client) never answered \(inWords([ignored]))", [ignored], client)
        }
        let wanted = status == .connected ? "INVITE" : "BYE"
        if cause.requestMethod == "REFER", cause.referMethod != wanted {
            return ("\(inWords([cause])) asks for \(cause.referMethod)", [], cause.sender)
        }
        if cause.requestMethod == "INVITE", cause.sender == other, cause.recipients != nil {
            return ("\(inWords([cause])) makes another conference", [], other)
        }
        let bye = evidence.messages.first { message in
            message.requestMethod == "BYE" && message.repeats == nil && message.number > cause.number
                && message.wasSeen(.received, at: other) && evidence.isOrdered(message)
                && !evidence.dissection.responses(to: message).contains(where: \.isFinal)
        }
        guard status == .disconnected, let bye else { return nil }
        return ("\(other) never answered \(inWords([bye]))", [bye], other)
    }

    private func shows(_ notice: ConferenceNotice, _ evidence: Evidence, _ wasKnown: Bool) -> Bool {
        guard let users = notice.users else { return false }
        let own = users.filter { evidence.client(behind: $0.entity) == other }
        switch status {
        case .connected: return own.contains { $0.status == .connected }
        case .disconnected: return wasKnown && own.allSatisfy { $0.status != .connected }
        }
    }
}
