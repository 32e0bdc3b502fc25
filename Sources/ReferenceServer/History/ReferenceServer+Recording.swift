import Bytes
import MSRP
import MessageBodies
import Network
import SIPSyntax
import SIPTransactions
import XCAP

/// The conversation history function: what is recorded, and when.
///
/// OMA-TS-SIMPLE_IM-V1_0 §13.2
extension ReferenceServer {
    /// A REFER that wants a session recorded, or no longer.
    ///
    /// §13.2.2 and §13.2.6
    mutating func refer(toHistory request: SIPMessage, _ key: TransactionKey, by identity: Originator?) {
        do throws(Refusal) {
            guard let user = identity?.user else {
                let challenge = "Digest realm=\"\(configuration.domain)\", nonce=\"\(generator.token(length: 16))\""
                throw Refusal(401, .serviceNotAuthorised, fields: [SIPField(.wwwAuthenticate, challenge)])
            }
            let wanted = try HistoryRequest(request)
            if case .start = wanted, !hasRoomForRecording(of: user) { throw Refusal(486, .functionNotAllowed) }
            guard mayRecord(user) else { throw Refusal(403, .serviceNotAuthorised) }
            if let refusal = originating.refusal(of: request, by: identity, at: now) { throw refusal }
            switch wanted {
            case .start(let session, let name):
                let referral = acceptRefer(request, key)
                let refusal = record(session, for: user, named: name)
                tellReferrer(referral, status: refusal?.status ?? 200)
            case .stop(let session):
                guard let id = conferences.conference(at: session),
                    recordings.reference(.conference(id), of: user) != nil || !faults.records
                else { throw Refusal(404) }
                guard faults.mayStopRecording else { throw Refusal(403, .serviceNotAuthorised) }
                let referral = acceptRefer(request, key)
                if faults.stopsRecording { endRecording(of: .conference(id), for: user) }
                tellReferrer(referral, status: 200)
            }
        } catch {
            refuse(error, key)
        }
    }

    func mayRecord(_ user: String) -> Bool { configuration.policy.conversationHistoryUsers?.contains(user) ?? true }

    private func hasRoomForRecording(of user: String) -> Bool {
        recordings.count < configuration.limits.sessions && conversations.hasRoom(forRecordOf: 1024, of: user)
    }

    mutating func beginRecording(
        of session: RecordedSession, for user: String, _ conversation: ConversationRecord.Conversation
    ) -> Bool {
        guard recordings.reference(session, of: user) == nil,
            let record = keep(record: .conversation(conversation), for: user)
        else { return false }
        recordings.begin(session, of: user, as: record.reference)
        return true
    }

    /// Adds a message to all recordings of a session.
    ///
    /// §13.2.3 steps 3 and 6
    mutating func record(_ message: MSRPMessage, in session: RecordedSession) {
        guard !message.isComposing else { return }
        for (user, reference) in recordings.recordings(of: session) {
            let recorded = RecordedMessage(send: message, time: now)
            if conversations.append(recorded, to: reference, of: user) {
                journal.append(.recordedMessage(recorded, reference: reference, user: user))
            } else {
                endRecording(of: session, for: user)
                noteFullHistory(of: user)
            }
        }
    }

    /// Ends a recording: what has been stored stays, and is made known.
    ///
    /// §13.2.4, §13.2.6 and §13.2.7
    mutating func endRecording(of session: RecordedSession, for user: String) {
        guard let reference = recordings.end(session, of: user),
            let record = conversations.end(reference, of: user, at: now),
            case .conversation(let conversation) = record.content
        else { return }
        journal.append(.recordingEnded(reference: record.reference, at: now, user: user))
        switch conversation.mode {
        case .session:
            writeHistory(of: user)
        case .largeMessage:
            erase([reference], of: user)
            for send in MSRPMessage.joining(conversation.messages.map(\.send)) {
                let invite = conversation.invite ?? SIPMessage(.invite, uri: user)
                _ = keep(record: .large(ConversationRecord.LargeMessage(invite: invite, send: send)), for: user)
            }
        }
    }

    /// A session is over, and with it all its recordings.
    mutating func endRecordings(of session: RecordedSession) {
        for (user, _) in recordings.recordings(of: session) { endRecording(of: session, for: user) }
        recordings.forget(session)
        recordingWishes[session] = nil
    }

    /// Keeps a record, if there is room for it.
    mutating func keep(record content: ConversationRecord.Content, for user: String) -> ConversationRecord? {
        let name = generator.token(length: 20)
        guard let record = conversations.store(content, for: user, named: name, at: now) else {
            noteFullHistory(of: user)
            return nil
        }
        journal.append(.recorded(record, user: user))
        if record.isComplete { writeHistory(of: user) }
        return record
    }

    /// Records a message for those of its two parties who want all their messages recorded.
    ///
    /// §6.1.1.3.1, §6.1.2.3.1 and §13.2.3 step 1
    mutating func recordPage(_ request: IMRequest) {
        guard request.kind == .pager, !request.isEphemeral, request.message.notification == nil else { return }
        var message = request.message
        message.remove(.route)
        message.assert(request.originator)
        let users = [request.originator?.user, request.recipient].compactMap { $0 }
        for user in Set(users).sorted() where settings[user].recordsPagers && mayRecord(user) {
            _ = keep(record: .page(message), for: user)
        }
    }

    /// Takes records out of the store.
    mutating func erase(_ references: Set<String>, of user: String) {
        let erased = conversations.remove(references, of: user)
        guard !erased.isEmpty else { return }
        journal += erased.map { .erased(reference: $0, user: user) }
        usersToldOfFullHistory.remove(user)
        writeHistory(of: user)
    }

    /// Writes the metadata of a user's records anew.
    ///
    /// §13.3.2
    mutating func writeHistory(of user: String) {
        let items = conversations[user].filter(\.isComplete).map { $0.metadata(expiring: conversations.expiry(of: $0)) }
        let list = StoredItemList(faults.historyMetadata(items))
        xdms.put(serverDocument: list.serialized(), auid: .conversationHistory, xui: user)
        watchConversations()
    }

    /// Deletes the records that have expired.
    mutating func expireConversations() {
        for (user, references) in conversations.expired(at: now) { erase(references, of: user) }
        watchConversations()
    }

    /// Wakes up when the next record expires.
    mutating func watchConversations() {
        guard let next = conversations.nextExpiry else { return disarm(.conversations) }
        arm(.conversations, after: next - now)
    }

    /// Tells a user, once, that nothing more can be recorded.
    ///
    /// §13.2.3 steps 1 to 3
    private mutating func noteFullHistory(of user: String) {
        guard usersToldOfFullHistory.insert(user).inserted else { return }
        follow(.announce(SystemMessage("There is not enough storage to record your conversations."), to: user))
    }
}
