import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// An established 1-to-1 session: texts, refreshes and modifications, until either side ends it.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.8, §7.1.1.16, §7.1.2.2 and §7.1.2.3
struct OngoingSession: Procedure {
    private enum State: Sendable {
        case talking
        /// Our re-INVITE has no final response yet.
        case refreshing(SIPMessage)
        /// Our BYE has no final response yet.
        case leaving(reason: String)
    }

    private var state = State.talking
    private var dialog: Dialog
    private var conversation: Conversation
    private var agreement: MediaAgreement
    private var timer: SessionTimer?
    /// Our INVITE that was answered last, whose 2xx may come again.
    private var invite: SIPMessage?
    /// Our 2xx to the peer's re-INVITE.
    private var acceptance: Acceptance?

    /// Whether this side has created the dialog.
    private let ownsCallID: Bool
    private var identifiers: Identifiers
    private let negotiation: MediaNegotiation
    private let profile: IMClient.Profile
    private let fields: ClientFields

    init(
        _ dialog: Dialog, conversation: Conversation, agreement: MediaAgreement, negotiation: MediaNegotiation,
        profile: IMClient.Profile, timer: SessionTimer?, invite: SIPMessage?, identifiers: Identifiers
    ) {
        self.dialog = dialog
        self.conversation = conversation
        self.agreement = agreement
        self.negotiation = negotiation
        self.profile = profile
        self.timer = timer
        self.invite = invite
        self.identifiers = identifiers
        ownsCallID = invite != nil
        fields = ClientFields(profile)
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch (state, event) {
        case (.leaving(let reason), .response(let response, to: .bye)) where response.isFinal:
            return end(reason)
        case (.leaving(let reason), .failed(.bye, let failure)):
            return end("\(reason); BYE was not answered (\(failure.status))")
        case (.leaving, .request(let request, let key)) where request.method == .bye:
            return [.respond(fields.response(200, to: request), to: key)]
        case (.leaving, .request(let request, let key)):
            return [.respond(fields.response(481, to: request), to: key)]
        case (.leaving, .response(let response, to: .invite)) where response.isSuccess:
            return acknowledge(response)
        case (.leaving, _):
            return []

        case (_, .begin):
            return armTimers() + [.report(.established(session: conversation.session))]
        case (_, .user(.send(let text, _))):
            return conversation.send(text)
        case (_, .user(.leave)):
            return leave("left")
        case (_, .media(let event)):
            return conversation.hear(event)
        case (_, .acknowledged):
            return acceptance?.acknowledge() ?? []
        case (_, .request(let request, let key)):
            return receive(request, in: key)
        case (.talking, .timer(.sessionRefresh)):
            return refresh()
        case (.refreshing(let request), .response(let response, to: .invite)) where response.answers(request):
            return refreshed(request, response)
        case (.refreshing, .failed(.invite, _)):
            return leave("the refresh was not answered")
        case (_, .response(let response, to: .invite)) where response.isSuccess:
            return acknowledge(response)
        case (_, .timer(.sessionExpiry)):
            return leave("not refreshed in time")
        case (_, .timer(let timer)):
            return careForAcceptance(timer)
        case (.talking, _), (.refreshing, _):
            return []
        }
    }

    /// Ends the session from this side without waiting for more.
    func release(reason: String) -> [ProcedureEffect] {
        [.start(DialogRelease(of: dialog))] + end(reason)
    }

    // MARK: Ending

    private mutating func leave(_ reason: String) -> [ProcedureEffect] {
        state = .leaving(reason: reason)
        let bye = dialog.request(.bye, fields: [SIPField(.userAgent, ClientFields.version)])
        return [.disarm(.sessionRefresh), .disarm(.sessionExpiry), .send(bye)]
    }

    private func end(_ reason: String) -> [ProcedureEffect] {
        conversation.closing + [.report(.ended(session: conversation.session, reason: reason)), .finish]
    }

    // MARK: Refreshing

    private func armTimers() -> [ProcedureEffect] {
        guard let timer = timer?.bounded else { return [.disarm(.sessionRefresh), .disarm(.sessionExpiry)] }
        let refresh = timer.refreshAfter.map { ProcedureEffect.arm(.sessionRefresh, after: $0) }
        return [refresh ?? .disarm(.sessionRefresh), .arm(.sessionExpiry, after: timer.expireAfter)]
    }

    private mutating func refresh() -> [ProcedureEffect] {
        var request = dialog.request(.invite)
        fields.address(&request)
        request.add(.userAgent, ClientFields.version)
        fields.invite(&request, policy: profile.sessionTimerPolicy)
        request.set(agreement.description)
        state = .refreshing(request)
        return [.send(request)]
    }

    private mutating func refreshed(_ request: SIPMessage, _ response: SIPMessage) -> [ProcedureEffect] {
        guard response.isFinal else { return [] }
        state = .talking
        dialog.receive(response)
        if response.isSuccess {
            invite = request
            timer = SessionTimer(client: response)
            return [.acknowledge(fields.ack(for: request, in: dialog))] + armTimers()
        }
        switch response.status {
        case 408, 481: return end("the peer has no such session (\(response.outcome))")
        case 491: return [.arm(.sessionRefresh, after: identifiers.pauseAfterGlare(owningCallID: ownsCallID))]
        default: return []
        }
    }

    /// Acknowledges a 2xx that came again, and ends a dialog that another branch of the INVITE has made.
    ///
    /// RFC 3261 §13.2.2.4
    private func acknowledge(_ response: SIPMessage) -> [ProcedureEffect] {
        guard let invite, response.answers(invite) else { return [] }
        if DialogID(response: response) == dialog.id { return [.acknowledge(fields.ack(for: invite, in: dialog))] }
        guard let other = Dialog(client: invite, response: response) else { return [] }
        return [.acknowledge(fields.ack(for: invite, in: other)), .start(DialogRelease(of: other))]
    }

    // MARK: Requests of the peer

    private mutating func receive(_ request: SIPMessage, in key: TransactionKey) -> [ProcedureEffect] {
        switch dialog.accepts(request) {
        case .foreign: return [.respond(fields.unknownDialog(request), to: key)]
        case .repeated, .outOfOrder: return [.respond(fields.response(500, to: request), to: key)]
        case .inOrder: break
        }
        switch request.method {
        case .bye: return [.respond(fields.response(200, to: request), to: key)] + end("released by the peer")
        case .invite: return modify(request, in: key)
        case .options: return [.respond(fields.capabilities(to: request), to: key)]
        case .message: return [.respond(fields.response(200, to: request), to: key)]
        default: return [.respond(fields.response(481, to: request), to: key)]
        }
    }

    /// Answers a re-INVITE.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.2.2, RFC 3261 §14.2
    private mutating func modify(_ request: SIPMessage, in key: TransactionKey) -> [ProcedureEffect] {
        if case .refreshing = state { return [.respond(fields.response(491, to: request), to: key)] }
        guard acceptance?.isUnacknowledged != true else {
            return [.respond(fields.retryLater(request), to: key)]
        }
        let policy = profile.sessionTimerPolicy
        switch fields.agreement(on: request, tag: nil, negotiation: negotiation, policy: policy, current: agreement) {
        case .failure(let refusal):
            return [.respond(refusal.response, to: key)]
        case .success(let (agreement, expires, requirement)):
            let isMoved = agreement.leg != self.agreement.leg
            self.agreement = agreement
            timer = SessionTimer(server: expires)
            let response = fields.acceptance(
                of: request, tag: nil, describing: agreement.description, expires, requirement)
            let (acceptance, effects) = Acceptance.begin(response, in: key, timing: profile.timing)
            self.acceptance = acceptance
            return effects + (isMoved ? conversation.move(to: agreement) : []) + armTimers()
        }
    }

    private mutating func careForAcceptance(_ timer: ProcedureTimer) -> [ProcedureEffect] {
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

extension SIPMessage {
    /// Whether the response has the CSeq of the request.
    fileprivate func answers(_ request: SIPMessage) -> Bool {
        guard let number = (try? cSeq())?.number else { return false }
        return number == (try? request.cSeq())?.number
    }
}
