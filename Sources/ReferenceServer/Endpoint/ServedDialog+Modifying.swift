import SIPDialogs
import SIPSyntax
import SIPTransactions

/// Requests within an established dialog, other than BYE.
extension ServedDialog {
    mutating func requested(_ request: SIPMessage, _ key: TransactionKey) -> [Effect] {
        switch dialog?.accepts(request) {
        case nil, .foreign?: return [.refuse(Refusal(481), key)]
        case .outOfOrder?, .repeated?: return [.refuse(Refusal(500, because: "CSeq out of order"), key)]
        case .inOrder?: break
        }
        if let refusal = RequestValidation().refusal(of: request, understanding: terms.extensions) {
            return [.refuse(refusal, key)]
        }
        switch request.method {
        case .bye?:
            return [.respond(SIPMessage(status: 200, to: request), key)] + released(.byParty)
        case .invite?:
            return modify(request, key)
        case .options?:
            var response = SIPMessage(status: 200, to: request)
            response.add(.allow, terms.allow)
            return [.respond(response, key)]
        case let method?:
            if terms.methods.contains(method) { return [.notice(.request(request, key))] }
            return [.refuse(Refusal(method.isKnown ? 405 : 501, fields: [SIPField(.allow, terms.allow)]), key)]
        case nil:
            return []
        }
    }

    /// A re-INVITE, which the owner answers.
    ///
    /// RFC 3261 §14.2 for two at a time
    private mutating func modify(_ request: SIPMessage, _ key: TransactionKey) -> [Effect] {
        guard modification == nil, !awaitsAcknowledgement else {
            return [.refuse(Refusal(500, fields: [SIPField(.retryAfter, "1")]), key)]
        }
        guard reinvitation == nil else { return [.refuse(Refusal(491), key)] }
        if case .tooShort(let minimum) = terms.timerPolicy.answer(to: request, preferring: terms.refresher) {
            return [.refuse(Refusal(422, fields: [SIPField(.minSE, String(minimum))]), key)]
        }
        modification = Modification(request: request, key: key)
        return [.notice(.modifying(request))]
    }

    /// Offers the party something else.
    mutating func modify(_ offer: Offer) -> [Effect] {
        guard state == .established else { return [] }
        guard modification == nil, reinvitation == nil, !awaitsAcknowledgement else {
            switch offer.patience {
            case .none: return [.notice(.modificationRefused(.unanswered(Refusal(491))))]
            case .waits:
                waiting = offer
                return []
            }
        }
        return reinvite(for: .modify, offer: offer, body: offer.body)
    }

    /// Offers what has waited, as soon as nothing else is under way.
    mutating func offerWaiting() -> [Effect] {
        guard let offer = waiting else { return [] }
        waiting = nil
        return modify(offer)
    }

    mutating func reinvitationAnswered(_ response: SIPMessage) -> [Effect] {
        guard let pending = reinvitation else { return lateAnswer(response) }
        guard !response.isProvisional else { return reinvitationProceeds() }
        reinvitation = nil
        dialog?.receive(response)
        if let pause = response.pauseBeforeNextOffer, let effects = postpone(pending, for: pause) { return effects }
        switch response.status ?? 0 {
        case 200...299:
            description = pending.request.body
            timer = SessionTimer(client: response)?.bounded
            let notice: [Effect] = pending.errand == .modify ? [.notice(.modified(response))] : []
            return acknowledge(pending.request) + timers() + notice + offerWaiting()
        case 491:
            // RFC 3261 §14.1: the owner of the Call-ID waits longer.
            return postpone(pending, for: inviteKey == nil ? .milliseconds(2500) : .seconds(1))
                ?? refused(pending, response) + offerWaiting()
        // RFC 3261 §14.1: the session stays as it was, unless the party no longer knows it.
        case 408, 481:
            return refused(pending, response) + lose()
        default:
            return refused(pending, response) + offerWaiting()
        }
    }

    /// Makes the offer again after a pause, where it can wait.
    private mutating func postpone(_ pending: Reinvitation, for pause: Duration) -> [Effect]? {
        guard let offer = pending.offer, offer.patience == .waits else { return nil }
        waiting = waiting ?? offer
        return [.arm(.retry, after: pause)]
    }

    private func refused(_ pending: Reinvitation, _ response: SIPMessage) -> [Effect] {
        pending.errand == .modify ? [.notice(.modificationRefused(.answered(response)))] : []
    }

    mutating func modificationFailed(_ rejection: Rejection) -> [Effect] {
        guard let pending = reinvitation else { return [] }
        reinvitation = nil
        abandoned = pending.request
        return pending.errand == .modify ? [.notice(.modificationRefused(rejection))] : []
    }

    /// Gives up the modification that the server has offered; its answer still comes.
    mutating func cancelModification() -> [Effect] {
        waiting = nil
        switch reinvitation?.progress {
        case .calling?, .cancelAwaited?:
            reinvitation?.progress = .cancelAwaited
            return []
        case .proceeding?:
            reinvitation?.progress = .cancelled
            return [.cancel(.modify)]
        case .cancelled?, nil:
            return []
        }
    }

    private mutating func reinvitationProceeds() -> [Effect] {
        switch reinvitation?.progress {
        case .calling?, .proceeding?:
            reinvitation?.progress = .proceeding
            return []
        case .cancelAwaited?:
            reinvitation?.progress = .cancelled
            return [.cancel(.modify)]
        case .cancelled?, nil:
            return []
        }
    }

    /// Sends a re-INVITE that says what has been said before.
    ///
    /// RFC 4028 §7.4
    mutating func refresh() -> [Effect] {
        guard modification == nil, reinvitation == nil, !description.isEmpty else {
            return [.arm(.refresh, after: terms.timing.timeout)]
        }
        return reinvite(for: .refresh, offer: nil, body: description)
    }

    private mutating func reinvite(for errand: Errand, offer: Offer?, body: [UInt8]) -> [Effect] {
        let refresher: SessionInterval.Refresher = timer?.role == .refreshes ? .client : .server
        var fields = [SIPField(.contact, contact), SIPField(.userAgent, ReleaseVersion.server)]
        fields += [SIPField(.supported, "timer"), SIPField(.allow, terms.allow)]
        fields += terms.timerPolicy.offer(refresher: refresher) + (offer?.fields ?? [])
        fields.append(SIPField(.contentType, "application/sdp"))
        guard let request = dialog?.request(.invite, fields: fields, body: body) else { return [] }
        reinvitation = Reinvitation(errand: errand, request: request, offer: offer)
        return [.send(request, errand)]
    }

    private mutating func acknowledge(_ invite: SIPMessage) -> [Effect] {
        guard let ack = dialog?.ack(for: invite) else { return [] }
        acknowledgement = ack
        return [.acknowledge(ack)]
    }

    /// The answer to a re-INVITE that has been given up, which is acknowledged nevertheless, or one that comes again.
    ///
    /// RFC 3261 §13.2.2.4
    mutating func lateAnswer(_ response: SIPMessage) -> [Effect] {
        guard let invite = abandoned, invite.first(.cSeq) == response.first(.cSeq) else {
            return repeatedAnswer(response)
        }
        guard response.isSuccess else { return [] }
        abandoned = nil
        return acknowledge(invite)
    }

    private func repeatedAnswer(_ response: SIPMessage) -> [Effect] {
        response.isSuccess ? acknowledgement.map { [.acknowledge($0)] } ?? [] : []
    }

    /// Sends another request of the owner, and says what its CSeq number is.
    mutating func request(_ method: SIPMethod, fields: [SIPField], body: [UInt8]) -> [Effect] {
        guard state == .established, let request = dialog?.request(method, fields: fields, body: body),
            let number = dialog?.localSequence
        else { return [] }
        return [.send(request, .other(number))]
    }
}

extension SIPMethod {
    /// Whether some RFC defines the method.
    var isKnown: Bool {
        let known: Set<SIPMethod> = [
            .invite, .ack, .bye, .cancel, .register, .options, .message, .publish, .subscribe, .notify, .refer, .info,
            .update, .prack,
        ]
        return known.contains(self)
    }
}
