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

    /// Whose fault a refusal is.
    ///
    /// It is that of whoever sent a faulty request; else of the client whose refusal the server only passes on; and
    /// else of the one who refuses.
    func blame(for refusal: DissectedMessage, of request: DissectedMessage) -> PartyName? {
        if isClientError(refusal), isFaulty(request) { return source(of: request) }
        guard refusal.sender == .server else { return refusal.sender }
        if refusal.responseStatus == 408, let debtor = debtor(of: request, before: refusal) { return debtor }
        guard let passedOn = refusalPassedOn(refusal, after: request) else { return .server }
        if let refused = dissection.request(of: passedOn), isClientError(passedOn), isFaulty(refused) {
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
        original(of: message).flatMap { isFaulty($0) ? $0.sender : nil } ?? message.sender
    }

    private func isClientError(_ response: DissectedMessage) -> Bool {
        (400...499).contains(response.responseStatus ?? 0)
    }

    /// The refusal of another client that the server passes on: the same status to a request of the same method.
    private func refusalPassedOn(
        _ refusal: DissectedMessage, after request: DissectedMessage
    ) -> DissectedMessage? {
        let method = request.requestMethod
        return messages[(request.number - 1)..<(refusal.number - 1)].last { earlier in
            earlier.responseStatus == refusal.responseStatus && earlier.receiver == .server
                && earlier.isSIP == refusal.isSIP && dissection.request(of: earlier)?.requestMethod == method
        }
    }
}
