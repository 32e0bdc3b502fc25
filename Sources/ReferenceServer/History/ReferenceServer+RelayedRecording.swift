import MSRP
import MessageBodies
import SIPSyntax

/// Recordings of 1-to-1 sessions, for users who want all their sessions or all their messages recorded.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.1.2.2, §6.1.1.4.1, §6.1.2.2.2 and §6.1.2.4.1
extension ReferenceServer {
    /// Those of the two parties who want a session recorded.
    func recordingUsers(of request: IMRequest) -> [String] {
        Set([request.originator?.user, request.recipient].compactMap { $0 }).sorted().filter { user in
            guard mayRecord(user) else { return false }
            switch request.kind {
            case .pager: return false
            case .session: return settings[user].recordsSessions
            case .largeMessage: return settings[user].recordsPagers
            }
        }
    }

    /// Takes note that a session is to be recorded once it is established.
    mutating func noteWishes(to request: IMRequest, inSession id: Int) {
        let users = recordingUsers(of: request)
        guard !users.isEmpty else { return }
        var invite = request.message
        invite.remove(.route)
        invite.assert(request.originator)
        let participants = [invite.senderURI, request.recipient].compactMap { $0 }
        recordingWishes[.relayed(id)] = users.map { user in
            RecordingWish(
                user: user, invite: invite.withoutBody, mode: request.kind == .largeMessage ? .largeMessage : .session,
                participants: participants)
        }
    }

    /// The session is established.
    mutating func beginWishedRecordings(ofSession id: Int) {
        let session = RecordedSession.relayed(id)
        for wish in recordingWishes.removeValue(forKey: session) ?? [] {
            relay.recorded.insert(id)
            let conversation = ConversationRecord.Conversation(
                mode: wish.mode, name: wish.name, invite: wish.invite, group: nil, participants: wish.participants)
            _ = beginRecording(of: session, for: wish.user, conversation)
        }
    }
}

extension MSRPMessage {
    /// Whether the SEND tells only that somebody is typing.
    var isComposing: Bool {
        let payload = innermost(contentType: contentType ?? "", body: body ?? [])
        return ContentType(parsing: payload.contentType)?.essence == IsComposing.mediaType
    }

    /// The whole messages that these chunks make up, each in one SEND; of those not complete there is nothing.
    static func joining(_ chunks: [MSRPMessage]) -> [MSRPMessage] {
        var order: [String] = []
        var byMessage: [String: [MSRPMessage]] = [:]
        for chunk in chunks {
            guard let id = chunk.messageID, chunk.body != nil else { continue }
            if byMessage[id] == nil { order.append(id) }
            byMessage[id, default: []].append(chunk)
        }
        return order.compactMap { byMessage[$0].flatMap(joined) }
    }

    private static func joined(_ chunks: [MSRPMessage]) -> MSRPMessage? {
        let ordered = chunks.sorted { ($0.byteRange?.start ?? 1) < ($1.byteRange?.start ?? 1) }
        guard var whole = ordered.first, ordered.last?.continuation == .complete else { return nil }
        var body: [UInt8] = []
        for chunk in ordered {
            guard Int(chunk.byteRange?.start ?? 1) == body.count + 1 else { return nil }
            body += chunk.body ?? []
        }
        whole.body = body
        whole.continuation = .complete
        whole.set(.byteRange, "1-\(body.count)/\(body.count)")
        return whole
    }
}
