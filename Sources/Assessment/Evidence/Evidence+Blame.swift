import Conformance
import Dissection

// Whose fault it is that something went wrong.
extension Evidence {
    /// Whether the message breaks rules of its own, so that its receiver may be excused for what it does with it.
    func isFaulty(_ message: DissectedMessage) -> Bool {
        guard message.flaws.isEmpty, paths.breach(of: message) == nil else { return true }
        guard let request = dissection.request(of: message), let mine = message.sipSummary,
            let theirs = request.sipSummary
        else { return false }
        return mine.sequence != theirs.sequence || mine.callID != theirs.callID || mine.fromTag != theirs.fromTag
    }

    /// Whether a request breaks any rule, so that its sender cannot ask for success; a chunk does with its content.
    func isRefusable(_ request: DissectedMessage) -> Bool {
        if isFaulty(request) || offenses.contains(request) || isPremature(request) || asksForUnknown(request) {
            return true
        }
        return (dissection.content(of: request)?.parts ?? []).contains { offenses.contains(dissection[$0]) }
    }

    /// Whether the sender of an INVITE owes the ACK of the one before it in the dialog.
    ///
    /// RFC 3261 §14.2 has the receiver refuse it by 500
    private func isPremature(_ request: DissectedMessage) -> Bool {
        guard request.requestMethod == "INVITE", !request.isOutsideDialog else { return false }
        return dialog(of: request).contains { success in
            success.number < request.number && success.receiver == request.sender && isSuccess(success, to: "INVITE")
                && (acknowledgement(of: success).map { $0.number > request.number } ?? true)
        }
    }

    /// Whose fault a refusal is.
    ///
    /// It is that of whoever sent a faulty request, or had the server send one; else of the client whose refusal the
    /// server only passes on; and else of the one who refuses.
    func blame(for refusal: DissectedMessage, of request: DissectedMessage) -> PartyName? {
        if isClientError(refusal) || refusal.responseStatus == 500 && isPremature(request) {
            if isRefusable(request) { return source(of: request) }
            if let cause = invitation(behind: request), isRefusable(cause) { return source(of: cause) }
        }
        guard refusal.sender == .server else { return refusal.sender }
        if refusal.responseStatus == 408, let debtor = debtor(of: request, before: refusal) {
            // A client may ring for as long as its user likes, and the server need not wait for it.
            return request.requestMethod == "INVITE" && debtor == onward(of: request)?.receiver ? nil : debtor
        }
        guard let passedOn = refusalPassedOn(refusal, after: request) else { return .server }
        if let refused = dissection.request(of: passedOn), isClientError(passedOn), isRefusable(refused) {
            return source(of: refused)
        }
        return passedOn.sender
    }

    /// Who owes the response to a request: its receiver, or the next client where the server has passed it on and waits;
    /// but whoever has got a request that is wrong itself owes nothing.
    func debtor(of request: DissectedMessage) -> PartyName? {
        let waiting = waitsForOnward(request) ? onward(of: request) ?? pageOnward(of: request) : nil
        let last = waiting ?? request
        return isFaulty(last) ? source(of: last) : last.receiver
    }

    /// The client that had not answered what the server passed on when the server gave up.
    private func debtor(of request: DissectedMessage, before refusal: DissectedMessage) -> PartyName? {
        guard let onward = onward(of: request) ?? pageOnward(of: request), onward.number < refusal.number else {
            return nil
        }
        let answered = dissection.responses(to: onward).contains { $0.isFinal && $0.number < refusal.number }
        return answered ? nil : isFaulty(onward) ? source(of: onward) : onward.receiver
    }

    /// The client from whom the server has a faulty message as it is, or else its sender.
    func source(of message: DissectedMessage) -> PartyName? {
        original(of: message).flatMap { isRefusable($0) ? $0.sender : nil } ?? message.sender
    }

    /// The last INVITE of a client for which a server between two dialogs can have sent this one.
    func invitation(behind invite: DissectedMessage) -> DissectedMessage? {
        guard invite.sender == .server, invite.requestMethod == "INVITE", let client = invite.receiver else {
            return nil
        }
        guard invite.isOutsideDialog else {
            return messages.prefix(invite.number - 1).last { message in
                message.requestMethod == "INVITE" && message.receiver == .server && message.sender != client
                    && !message.isOutsideDialog && message.repeats == nil
            }
        }
        return cast.clients.map(\.name).filter { $0 != client }
            .flatMap { requests(of: $0, toInvite: client) }
            .filter { $0.requestMethod == "INVITE" && $0.number < invite.number }.max { $0.number < $1.number }
    }

    private func isClientError(_ response: DissectedMessage) -> Bool {
        (400...499).contains(response.responseStatus ?? 0)
    }

    /// The refusal of another client that the server passes on: the same status to a request of the same method.
    func refusalPassedOn(
        _ refusal: DissectedMessage, after request: DissectedMessage
    ) -> DissectedMessage? {
        let method = request.requestMethod
        return messages[(request.number - 1)..<(refusal.number - 1)].last { earlier in
            earlier.responseStatus == refusal.responseStatus && earlier.receiver == .server
                && earlier.isSIP == refusal.isSIP && dissection.request(of: earlier)?.requestMethod == method
        }
    }
}
