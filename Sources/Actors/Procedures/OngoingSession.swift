import MessageBodies
import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// An established session: texts, refreshes and modifications, until either side ends it.
///
/// In a conference a subscription to its state goes along. Only one offer is open at a time, of whichever side; what the media need waits for that.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.5, §7.1.1.8, §7.1.1.16, §7.1.2.2 and §7.1.2.3
struct OngoingSession: Procedure {
    enum State: Sendable {
        /// The INVITE that sets the session up is not acknowledged yet.
        case beginning
        case talking
        /// Our re-INVITE has no final response yet.
        case offering(SIPMessage)
        /// Two re-INVITEs have met, and ours is to come again after a pause.
        case pausing
        /// The peer's re-INVITE waits for the user.
        case asked(SIPMessage, TransactionKey, SessionProposal)
        /// Our BYE has no final response yet.
        case leaving(reason: String)
    }

    var state = State.beginning
    var dialog: Dialog
    var media: SessionMedia
    var timer: SessionTimer?
    /// Our INVITE that was answered last, whose 2xx may come again.
    var invite: SIPMessage?
    /// Our 2xx to the peer's re-INVITE.
    var acceptance: Acceptance?

    /// The conference that the session is part of.
    let conference: Conference?
    /// The chat alias of this side.
    let alias: String?
    /// What is reported when the session begins.
    let greeting: ClientReport
    var roster: ConferenceRoster?
    /// Whether another session has taken the name of this one.
    var isSuperseded = false
    /// Whether this side has created the dialog.
    let ownsCallID: Bool
    var identifiers: Identifiers
    let profile: IMClient.Profile
    let fields: ClientFields

    init(
        _ dialog: Dialog, media: SessionMedia, conference: Conference?, alias: String?, greeting: ClientReport,
        profile: IMClient.Profile, timer: SessionTimer?, invite: SIPMessage?, identifiers: Identifiers
    ) {
        self.dialog = dialog
        self.media = media
        self.conference = conference
        self.alias = alias
        self.greeting = greeting
        self.profile = profile
        self.timer = timer
        self.invite = invite
        self.identifiers = identifiers
        ownsCallID = invite != nil
        fields = ClientFields(profile, alias: alias)
    }

    var replaceable: DialogID? { dialog.state == .confirmed ? dialog.id : nil }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        let effects = hear(event)
        return effects + meetNeeds()
    }

    private mutating func hear(_ event: ProcedureEvent) -> [ProcedureEffect] {
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

        case (.beginning, .begin):
            state = .talking
            return armTimers() + [.report(greeting)] + subscribe()
        case (_, .user(let action)):
            return perform(action)
        case (_, .told(let news)):
            return learn(news)
        case (_, .media(let event, let leg)):
            return media.hear(event, in: leg)
        case (_, .acknowledged):
            return acceptance?.acknowledge() ?? []
        case (_, .request(let request, let key)):
            return receive(request, in: key)

        case (.talking, .timer(.sessionRefresh)), (.pausing, .timer(.sessionRefresh)):
            return offer()
        case (.offering(let request), .response(let response, to: .invite)) where response.answers(request):
            return answered(request, response)
        case (.offering, .failed(.invite, _)):
            return leave("the re-INVITE was not answered")
        case (_, .response(let response, to: .invite)) where response.isSuccess:
            return acknowledge(response)

        case (.asked, .timer(.patience)):
            return media.refuse()
        case (.asked(let request, let key, _), .cancelled):
            return withdraw(request, in: key)
        case (_, .timer(.nextFile)):
            media.waitedForMore()
            return []
        case (_, .timer(.audience)):
            return media.waitedForAudience()
        case (_, .timer(.sessionExpiry)):
            return leave("not refreshed in time")
        case (_, .timer(let timer)):
            return careForAcceptance(timer)
        case (.beginning, _), (.talking, _), (.offering, _), (.pausing, _), (.asked, _):
            return []
        }
    }

    /// Ends the session from this side without waiting for more.
    func release(reason: String) -> [ProcedureEffect] {
        [.start(DialogRelease(of: dialog))] + end(reason)
    }

    // MARK: Ending

    mutating func leave(_ reason: String) -> [ProcedureEffect] {
        let endings = refusalOfPending(487) + media.abandon()
        // A 2xx to the offer that is open is still acknowledged (RFC 3261 §13.2.2.4).
        if case .offering(let request) = state { invite = request }
        state = .leaving(reason: reason)
        let bye = dialog.request(.bye, fields: fields.farewell)
        return endings + [.tell(.left), .disarm(.sessionRefresh), .disarm(.sessionExpiry), .send(bye)]
    }

    func end(_ reason: String) -> [ProcedureEffect] {
        let farewell: [ProcedureEffect] =
            isSuperseded ? [] : [.depart(departed), .report(.ended(session: media.session, reason: reason))]
        return [.tell(.released)] + media.closing + farewell + [.finish]
    }

    // MARK: Requests of the peer

    private mutating func receive(_ request: SIPMessage, in key: TransactionKey) -> [ProcedureEffect] {
        switch dialog.accepts(request) {
        case .foreign: return [.respond(fields.unknownDialog(request), to: key)]
        case .repeated, .outOfOrder: return [.respond(fields.response(500, to: request), to: key)]
        case .inOrder: break
        }
        switch request.method {
        case .bye:
            return refusalOfPending(487) + [.respond(fields.response(200, to: request), to: key)]
                + end("released by the peer")
        case .invite: return consider(request, in: key)
        case .options: return [.respond(fields.capabilities(to: request), to: key)]
        case .message: return [.respond(fields.response(200, to: request), to: key)]
        default: return [.respond(fields.response(481, to: request), to: key)]
        }
    }
}
