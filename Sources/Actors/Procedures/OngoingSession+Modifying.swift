import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

// Refreshes and modifications: the offers of this side and those of the peer.
//
// RFC 3261 §14, RFC 4028
extension OngoingSession {
    /// Does what the media need, as soon as no other offer is open.
    ///
    /// RFC 3261 §14.1: no re-INVITE while the one before it is not acknowledged.
    mutating func meetNeeds() -> [ProcedureEffect] {
        switch state {
        case .asked(let request, let key, let proposal):
            guard !media.isUndecided else { return [] }
            guard let status = media.wrongRefusal else { return accept(request, in: key, proposal) }
            return refusalOfPending(status) + media.cancel()
        case .talking:
            guard acceptance?.isUnacknowledged != true else { return [] }
            switch media.need {
            case .nothing: return []
            case .offer: return offer()
            case .release: return leave("nothing is left to pass")
            }
        case .beginning, .offering, .pausing, .leaving:
            return []
        }
    }

    // MARK: Offers of this side

    func armTimers() -> [ProcedureEffect] {
        guard let timer = timer?.bounded else { return [.disarm(.sessionRefresh), .disarm(.sessionExpiry)] }
        let refresh = timer.refreshAfter.map { ProcedureEffect.arm(.sessionRefresh, after: $0) }
        return [refresh ?? .disarm(.sessionRefresh), .arm(.sessionExpiry, after: timer.expireAfter)]
    }

    /// Sends a re-INVITE with what the media say now, which without news is a refresh.
    mutating func offer() -> [ProcedureEffect] {
        var request = dialog.request(.invite)
        fields.address(&request)
        request.add(.userAgent, ClientFields.version)
        fields.invite(&request, policy: profile.sessionTimerPolicy)
        request.set(media.offer())
        state = .offering(request)
        return [.send(request)]
    }

    mutating func answered(_ request: SIPMessage, _ response: SIPMessage) -> [ProcedureEffect] {
        guard let status = response.status, response.isFinal else { return [] }
        state = .talking
        dialog.receive(response)
        if response.isSuccess {
            invite = request
            timer = SessionTimer(client: response)
            let ack = ProcedureEffect.acknowledge(fields.ack(for: request, in: dialog))
            switch media.settle(answer: response) {
            case .settled(let effects): return [ack] + armTimers() + effects
            case .unacceptable(let reason):
                return [ack] + armTimers() + [.report(.protocolTrouble("The answer to a re-INVITE: \(reason)"))]
                    + media.withdraw(status: status)
            }
        }
        if let pause = response.pauseBeforeNextOffer { return postpone(for: pause) }
        switch status {
        case 408, 481: return end("the peer has no such session (\(response.outcome))")
        case 491: return postpone(for: identifiers.pauseAfterGlare(owningCallID: ownsCallID))
        default: return media.withdraw(status: status)
        }
    }

    private mutating func postpone(for pause: Duration) -> [ProcedureEffect] {
        state = .pausing
        media.postpone()
        return [.arm(.sessionRefresh, after: pause)]
    }

    /// Acknowledges a 2xx that came again, and ends a dialog that another branch of the INVITE has made.
    ///
    /// RFC 3261 §13.2.2.4
    func acknowledge(_ response: SIPMessage) -> [ProcedureEffect] {
        guard let invite, response.answers(invite) else { return [] }
        if DialogID(response: response) == dialog.id { return [.acknowledge(fields.ack(for: invite, in: dialog))] }
        guard let other = Dialog(client: invite, response: response) else { return [] }
        return [.acknowledge(fields.ack(for: invite, in: other)), .start(DialogRelease(of: other))]
    }

    // MARK: Offers of the peer

    /// Answers a re-INVITE, at once or when the user has decided.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.2.2, RFC 3261 §14.2
    mutating func consider(_ request: SIPMessage, in key: TransactionKey) -> [ProcedureEffect] {
        switch state {
        case .offering: return [.respond(fields.response(491, to: request), to: key)]
        case .beginning, .asked, .leaving: return [.respond(fields.retryLater(request), to: key)]
        case .talking, .pausing: break
        }
        guard acceptance?.isUnacknowledged != true else {
            return [.respond(fields.retryLater(request), to: key)]
        }
        switch fields.reading(request, tag: nil, policy: profile.sessionTimerPolicy) {
        case .failure(let refusal):
            return [.respond(refusal.response, to: key)]
        case .success(let proposal):
            guard let offer = proposal.offer else { return accept(request, in: key, proposal) }
            switch media.receive(offer: offer) {
            case .unacceptable(let reason):
                return [.respond(fields.unacceptable(request, tag: nil, reason: reason), to: key)]
            case .settled(let effects):
                state = .asked(request, key, proposal)
                guard media.isUndecided else { return effects }
                let ringing = fields.dialogResponse(180, to: request, tag: nil)
                return [.respond(ringing, to: key), .arm(.patience, after: profile.patience)] + effects
            }
        }
    }

    private mutating func accept(
        _ request: SIPMessage, in key: TransactionKey, _ proposal: SessionProposal
    ) -> [ProcedureEffect] {
        state = .talking
        timer = SessionTimer(server: proposal.interval)
        let response = fields.acceptance(
            of: request, tag: nil, proposing: proposal, describing: media.answer())
        let (acceptance, effects) = Acceptance.begin(response, in: key, timing: profile.timing)
        self.acceptance = acceptance
        return [.disarm(.patience)] + effects + armTimers()
    }

    /// Ends the wait for the user, for the peer has taken its re-INVITE back.
    mutating func withdraw(_ request: SIPMessage, in key: TransactionKey) -> [ProcedureEffect] {
        refusalOfPending(487) + media.cancel()
    }

    /// The answer to the peer's re-INVITE that can have no other any more.
    ///
    /// RFC 3261 §15.1.2
    mutating func refusalOfPending(_ status: Int) -> [ProcedureEffect] {
        guard case .asked(let request, let key, _) = state else { return [] }
        state = .talking
        return [.disarm(.patience), .respond(fields.response(status, to: request), to: key)]
    }

    mutating func careForAcceptance(_ timer: ProcedureTimer) -> [ProcedureEffect] {
        let effects = acceptance?.timer(timer) ?? []
        return acceptance?.isAbandoned == true ? effects + leave("the re-INVITE was never acknowledged") : effects
    }
}

extension SessionTimer {
    /// The timer within what a clock can keep, whatever the peer has asked for.
    fileprivate var bounded: SessionTimer {
        SessionTimer(interval: min(max(interval, .seconds(1)), .seconds(10_000_000)), role: role)
    }
}
