import Actors
import Conformance
import Dissection

// What the signalling of a real client shows.
extension RealClient {
    mutating func hear(signalling message: DissectedMessage, answering request: DissectedMessage?) -> [ClientReport] {
        guard let summary = message.sipSummary else { return [] }
        if let method = message.requestMethod { return hear(request: method, message, summary.callID) }
        guard let request, let status = message.responseStatus else { return [] }
        return message.receiver == party
            ? hear(status, toOwn: request, by: message, summary.callID)
            : hear(ownAnswer: status, to: request, summary.callID)
    }

    private mutating func hear(
        request method: String, _ message: DissectedMessage, _ callID: String
    ) -> [ClientReport] {
        let isOwn = message.sender == party
        switch method {
        case "INVITE" where message.isOutsideDialog && calls[callID] == nil:
            let identity = (message.values(of: "P-Asserted-Identity") + message.values(of: "From")).first
            calls[callID] = Call(
                name: isOwn ? nameOfNextSession : "invitation-\(calls.count + 1)",
                inviter: identity.flatMap { SIPTarget(ofValue: $0)?.uri }, isOwn: isOwn,
                service: message.sessionService)
            return []
        case "ACK":
            guard let call = calls[callID], !call.isEstablished, call.isOwn == isOwn, !call.isOver else { return [] }
            calls[callID]?.isEstablished = true
            return alerted(callID) + [.established(session: call.name)]
        default: return []
        }
    }

    /// A final response to a request of the client.
    private mutating func hear(
        _ status: Int, toOwn request: DissectedMessage, by answer: DissectedMessage, _ callID: String
    ) -> [ClientReport] {
        guard status >= 200, status != 401, status != 407 else { return [] }
        let isSuccess = status < 300
        switch request.requestMethod {
        case "REGISTER" where isSuccess && (request.isDeregistration || isRegistered && !request.hasServiceTag):
            isRegistered = false
            return [.loggedOut]
        case "REGISTER" where isSuccess:
            isRegistered = true
            return isPublished ? [.loggedIn] : []
        case "REGISTER": return [.protocolTrouble("its REGISTER was answered \(status)")]
        case "PUBLISH" where isSuccess:
            isPublished = true
            return (isRegistered ? [.loggedIn] : []) + [.settingsPublished]
        case "PUBLISH": return [.protocolTrouble("its PUBLISH was answered \(status)")]
        case "INVITE": return hear(status, toInvite: request, by: answer, callID)
        case "BYE": return ended(callID, "it left")
        case "REFER": return referred(status)
        case "SUBSCRIBE" where !isSuccess: return unsubscribed(status)
        case let method?: return [.answered(method: method, status: status)]
        case nil: return []
        }
    }

    /// A final response to an INVITE of the client.
    private mutating func hear(
        _ status: Int, toInvite request: DissectedMessage, by answer: DissectedMessage, _ callID: String
    ) -> [ClientReport] {
        guard let call = calls[callID] else { return [] }
        guard status >= 300, request.isOutsideDialog, !call.isEstablished else {
            return refusal(of: request, by: answer, session: call.name)
        }
        // RFC 4028 §6: 422 asks for another interval, in the same call.
        guard status != 422 else { return [] }
        calls[callID]?.isOver = true
        let stores: [ClientReport] =
            call.store.map { status == 488 ? [.retrieved($0)] : [failure(of: $0, status)] } ?? []
        return stores + [.declined(session: call.name, status: status)]
    }

    /// What the client answers.
    private mutating func hear(
        ownAnswer status: Int, to request: DissectedMessage, _ callID: String
    ) -> [ClientReport] {
        switch request.requestMethod {
        case "INVITE" where status < 300 && status > 100:
            let offers = status >= 180 ? offered(by: request, callID) : []
            return alerted(callID) + offers
        case "INVITE" where status >= 300 && request.isOutsideDialog: return ended(callID, "it refused with \(status)")
        case "BYE" where status >= 200: return ended(callID, "it was ended")
        case "NOTIFY" where (200...299).contains(status): return attendance(in: request)
        default: return []
        }
    }

    /// The client is alerted, which is told once.
    private mutating func alerted(_ callID: String) -> [ClientReport] {
        guard let call = calls[callID], !call.isOwn, !call.isTold else { return [] }
        calls[callID]?.isTold = true
        guard call.service == .conversation else { return [] }
        return [.invited(by: call.inviter ?? "", session: call.name)]
    }

    private mutating func ended(_ callID: String, _ reason: String) -> [ClientReport] {
        guard let call = calls[callID], !call.isOver else { return [] }
        calls[callID]?.isOver = true
        return (call.store.map { [.retrieved($0)] } ?? []) + [.ended(session: call.name, reason: reason)]
    }

    private func failure(of store: MessageStore, _ status: Int) -> ClientReport {
        .retrievalFailed(store, reason: "its INVITE was answered \(status)")
    }

    /// A REFER of the client has its answer; what it was for its user knows.
    private mutating func referred(_ status: Int) -> [ClientReport] {
        let isSuccess = (200...299).contains(status)
        switch action {
        case .add(_, let session), .expel(_, let session): return [.referred(session: session, status: status)]
        case .record(let session, _):
            return isSuccess
                ? [.recording(session: session)] : [.recordingFailed(session: session, reason: "\(status)")]
        case .stopRecording(let session):
            return isSuccess
                ? [.recordingEnded(session: session)] : [.recordingFailed(session: session, reason: "\(status)")]
        case .delete(let store, _):
            hasDeleted = isSuccess
            return isSuccess ? [] : [.deletionFailed(store, reason: "its REFER was answered \(status)")]
        default: return []
        }
    }

    private func unsubscribed(_ status: Int) -> [ClientReport] {
        conferences.map { .unsubscribed(session: $0, reason: "its SUBSCRIBE was answered \(status)") }
    }

    /// The conference state that the client has accepted.
    private func attendance(in notify: DissectedMessage) -> [ClientReport] {
        guard let notice = dissection.notice(in: notify), let users = notice.users else { return [] }
        let own = cast[party]?.imAddress.map { UserAddress($0) }
        let knowsItself = users.contains { $0.isOwn || UserAddress($0.entity) == own }
        return conferences.map {
            .participants(notice.connected.count, session: $0, knowsItself: knowsItself)
        }
    }

    /// The sessions that go on.
    private var conferences: [String] {
        calls.values.filter { $0.isEstablished && !$0.isOver && $0.service == .conversation }.map(\.name).sorted()
    }

    /// The files that an INVITE in a session offers.
    private func offered(by request: DissectedMessage, _ callID: String) -> [ClientReport] {
        let names = files(of: request) { $0.direction != "recvonly" }
        guard let call = calls[callID], !names.isEmpty, !request.isOutsideDialog else { return [] }
        return [.filesOffered(names: names, session: call.name)]
    }

    /// The files that the client has offered, and that are refused.
    private func refusal(
        of request: DissectedMessage, by answer: DissectedMessage, session: String
    ) -> [ClientReport] {
        let offer = request.mediaDescriptions
        let accepted = answer.isSuccess ? answer.mediaDescriptions : []
        let refused = offer.indices.filter { !accepted.indices.contains($0) || accepted[$0].port == 0 }
        let names = refused.map { offer[$0] }.filter { $0.port != 0 && $0.direction != "recvonly" }
            .compactMap { $0.file?.name }
        return names.isEmpty ? [] : [.filesRefused(names: names, session: session)]
    }

    private func files(of request: DissectedMessage, where isMeant: (MediaSummary) -> Bool) -> [String] {
        request.mediaDescriptions.filter { $0.port != 0 && isMeant($0) }.compactMap { $0.file?.name }
    }
}

extension RealClient.Call {
    /// The store whose items the session hands over.
    fileprivate var store: MessageStore? {
        guard isOwn else { return nil }
        return switch service {
        case .deferredMessages: .deferred
        case .history: .history
        case .conversation, .largeMessage: nil
        }
    }
}
