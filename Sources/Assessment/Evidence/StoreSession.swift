import Conformance
import Dissection
import Network

/// A session in which a server delivers what it has stored.
struct StoreSession {
    var invite: DissectedMessage
    var bye: DissectedMessage?
    /// What it brought to the client, in the order in which it came.
    var contents: [InstantMessage]
}

extension Evidence {
    /// The sessions by which a client got, or asked for, what is stored for it, in the order of the trace.
    func deliveries(from store: MessageStore, to client: PartyName) -> [StoreSession] {
        let service: SessionService = store == .deferred ? .deferredMessages : .history
        let pulled = openingRequests("INVITE", .sent, at: client)
        let pushed = openingRequests("INVITE", .received, at: client)
        return (pulled + pushed).filter { $0.sessionService == service }.sorted { $0.number < $1.number }
            .map { storeSession($0, at: client) }
    }

    /// The last 2xx to a PUBLISH by which the client wishes to have delivered what is stored for it.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.2
    func wishToBePushed(_ client: PartyName, after number: Int) -> DissectedMessage? {
        messages.last { message in
            guard message.number > number, message.receiver == client, isSuccess(message, to: "PUBLISH"),
                let publish = dissection.request(of: message)
            else { return false }
            return publish.values(of: DissectedPart.settingsOfflineDelivery.rawValue) == ["true"]
        }
    }

    /// How long a client stayed registered after a message, where that is long enough for a server to act.
    func stayed(_ client: PartyName, after message: DissectedMessage) -> Decision? {
        guard isWhole(for: client) else { return nil }
        let left = messages.first { $0.number > message.number && $0.sender == client && $0.isDeregistration }
        let time = (left?.time ?? end) - message.time
        return time >= Self.noticeLimit ? .window(time, .deadline) : nil
    }

    /// What the client has got in a session with a store and never answered, so that the rest does not follow.
    func ignoredPart(of session: StoreSession) -> DissectedMessage? {
        parts(of: session.contents).first { part in
            part.msrpSummary?.response == .always && !dissection.responses(to: part).contains(where: \.isFinal)
        }
    }

    /// What a session with a store brought last, or the 2xx to its INVITE where it was nothing.
    func end(of session: StoreSession) -> DissectedMessage? {
        parts(of: session.contents).last ?? dissection.responses(to: session.invite).first(where: \.isSuccess)
    }

    private func storeSession(_ invite: DissectedMessage, at client: PartyName) -> StoreSession {
        let callID = invite.sipSummary?.callID
        return StoreSession(
            invite: invite, bye: call(of: invite).first { $0.requestMethod == "BYE" },
            contents: dissection.instantMessages.filter { content in
                content.receiver == client && content.wasReceived && content.call == callID && !content.isNotice
            })
    }
}
