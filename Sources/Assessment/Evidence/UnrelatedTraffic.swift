import Conformance
import Dissection

/// What a client receives that is of no conference of the test case: documents of its own, sessions that it has with
/// somebody or with a store, and pages that no step sends, such as those that were stored before it.
struct UnrelatedTraffic {
    /// The Call-IDs of such sessions.
    private var calls: Set<String>
    /// The numbers of the messages that carry such contents.
    private var parts: Set<Int> = []

    init(of client: PartyName, _ evidence: Evidence) {
        let called = evidence.openingRequests("INVITE", .received, at: client).filter { !$0.hasFeatureTag("isfocus") }
        let pulled = evidence.openingRequests("INVITE", .sent, at: client).filter {
            $0.sessionService != .conversation
        }
        calls = Set((called + pulled).compactMap { $0.sipSummary?.callID })
        let conferences = ConferenceIndex(evidence)
        for content in evidence.dissection.instantMessages where content.receiver == client {
            let isUnrelated =
                switch content.mode {
                case .pager: !evidence.isExpected(content) && !conferences.isConference(content.identity, evidence)
                case .deferred, .history: true
                case .session, .large, .file: content.call.map(calls.contains) ?? false
                }
            if isUnrelated { parts.formUnion(content.parts) }
        }
    }

    func contains(_ message: DissectedMessage) -> Bool {
        message.isHTTP || parts.contains(message.repeats ?? message.number)
            || message.sipSummary.map { calls.contains($0.callID) } ?? false
    }
}
