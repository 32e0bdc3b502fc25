import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// An invitation to this client, until its user's answer is acknowledged or the invitation is withdrawn.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.2.1 and §7.1.2.4, RFC 3261 §13.3
struct SessionReception: Procedure {
    private enum State: Sendable {
        case alerting(SessionProposal?)
        case answered(OngoingSession, Acceptance)
    }

    private var state = State.alerting(nil)
    private var leavesOnceAcknowledged = false

    private let session: String
    private let request: SIPMessage
    private let transaction: TransactionKey
    private let tag: String
    private let profile: IMClient.Profile
    private let fields: ClientFields
    /// The session that this one takes the place of.
    private let replaced: ProcedureID?
    private let conference: Conference?
    private var media: SessionMedia
    private var identifiers: Identifiers

    init(
        _ session: String, of request: SIPMessage, in transaction: TransactionKey, files: FileExchange,
        replacing replaced: ProcedureID? = nil,
        profile: IMClient.Profile, identifiers: inout Identifiers
    ) {
        self.session = session
        self.request = request
        self.transaction = transaction
        self.replaced = replaced
        conference = Conference(invitedBy: request)
        self.profile = profile
        fields = ClientFields(profile)
        tag = identifiers.tag()
        media = SessionMedia(session, files: files, profile: profile, identifiers: &identifiers)
        self.identifiers = identifiers.split()
    }

    var replaceable: DialogID? {
        switch state {
        case .alerting: nil
        case .answered(let ongoing, _): ongoing.replaceable
        }
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch (state, event) {
        case (.alerting, .begin): alert()
        case (.alerting(let proposal?), .user(.accept)), (.alerting(let proposal?), .user(.take)): accept(proposal)
        case (.alerting, .user(.decline)), (.alerting, .user(.leave)), (.alerting, .user(.refuse)):
            refuse(480, reason: "declined")
        case (.alerting, .timer(.patience)): refuse(408, reason: "not answered by the user")
        case (.alerting, .cancelled): refuse(487, reason: "cancelled by the inviter")
        case (.alerting, _): []
        case (.answered(let ongoing, let acceptance), let event): handle(event, ongoing, acceptance)
        }
    }

    private mutating func alert() -> [ProcedureEffect] {
        let proposal: SessionProposal
        switch fields.reading(request, tag: tag, policy: profile.sessionTimerPolicy) {
        case .failure(let refusal): return [.respond(refusal.response, to: transaction), .finish]
        case .success(let read): proposal = read
        }
        guard let offer = proposal.offer else { return turnAway("No offer") }
        switch media.receive(offer: offer) {
        case .unacceptable(let reason): return turnAway(reason)
        case .settled(let effects):
            state = .alerting(proposal)
            let expires = (try? request.expires()).flatMap { $0 }.map { Duration.seconds(min($0, 86_400)) }
            let inviter = conference == nil ? nil : (try? request.referredBy())??.uri
            let beginning: [ProcedureEffect] = [
                .claim(callID: request.callID ?? "", tag: tag),
                .report(.invited(by: inviter ?? request.originator, session: session)),
            ]
            // RFC 3891 §3: what replaces a confirmed dialog is accepted without alerting anyone.
            guard replaced == nil && !media.isRequestForFiles else {
                return beginning + effects + accept(proposal)
            }
            return [
                .respond(fields.dialogResponse(180, to: request, tag: tag), to: transaction),
                .arm(.patience, after: min(expires ?? profile.patience, profile.patience)),
            ] + beginning + effects
        }
    }

    private func turnAway(_ reason: String) -> [ProcedureEffect] {
        [.respond(fields.unacceptable(request, tag: tag, reason: reason), to: transaction), .finish]
    }

    private mutating func accept(_ proposal: SessionProposal) -> [ProcedureEffect] {
        guard let dialog = Dialog(server: request, localTag: tag) else {
            return refuse(488, reason: "not acceptable")
        }
        media.enter(conference, with: request.originator, as: fields.sender.uri)
        let decision = media.perform(.take(session: session))
        let response = fields.acceptance(of: request, tag: tag, proposing: proposal, describing: media.answer())
        let (acceptance, effects) = Acceptance.begin(response, in: transaction, timing: profile.timing)
        let opening = media.open()
        let ongoing = OngoingSession(
            dialog, media: media, conference: conference, alias: nil, greeting: .established(session: session),
            profile: profile, timer: SessionTimer(server: proposal.interval), invite: nil,
            identifiers: identifiers.split())
        state = .answered(ongoing, acceptance)
        return [.disarm(.patience)] + decision + opening + effects + (replaced.map { [.dismiss($0)] } ?? [])
    }

    /// The time between the 200 and its ACK, in which messages may already pass.
    private mutating func handle(
        _ event: ProcedureEvent, _ ongoing: OngoingSession, _ acceptance: Acceptance
    ) -> [ProcedureEffect] {
        var ongoing = ongoing
        var acceptance = acceptance
        defer { state = .answered(ongoing, acceptance) }
        switch event {
        case .acknowledged:
            let farewell = leavesOnceAcknowledged ? ongoing.handle(.user(.leave(session: session))) : []
            return acceptance.acknowledge() + [.become(ongoing)] + farewell
        case .timer(.nextFile):
            return ongoing.handle(event)
        case .timer(let timer):
            let effects = acceptance.timer(timer)
            return acceptance.isAbandoned ? effects + ongoing.release(reason: "never acknowledged") : effects
        case .user(.leave):
            // RFC 3261 §15: the invited side may not send BYE before the ACK.
            leavesOnceAcknowledged = true
            return []
        case .request(let request, let key) where request.method == .invite:
            return [.respond(fields.retryLater(request), to: key)]
        case .user, .media, .request:
            return ongoing.handle(event)
        case .begin, .cancelled, .response, .failed, .told, .document:
            return []
        }
    }

    private func refuse(_ status: Int, reason: String) -> [ProcedureEffect] {
        [
            .respond(fields.response(status, to: request, tag: tag), to: transaction),
            .report(.ended(session: session, reason: reason)), .finish,
        ]
    }
}
