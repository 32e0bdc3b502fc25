import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// An INVITE of this client for a session, until it is accepted, refused or cancelled.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.2 to §7.1.1.4, §7.1.1.6, §7.1.1.9, §7.1.1.10 and §7.1.1.13; RFC 3261 §13.2
struct SessionInvitation: Procedure {
    enum State: Sendable, Equatable {
        case calling
        /// To be cancelled as soon as a provisional response allows it (RFC 3261 §9.1).
        case calledOff
        case proceeding
        case cancelling
    }

    /// Why the session is wanted, which decides what is reported of it.
    enum Purpose: Sendable {
        case session
        /// The session takes the place of one without a focus, so that it can be recorded.
        ///
        /// §13.1.1 (1)
        case recording
    }

    private(set) var state = State.calling

    private let session: String
    private let invitation: Invitation
    private let purpose: Purpose
    private let alias: String?
    private let profile: IMClient.Profile
    private let fields: ClientFields
    private var media: SessionMedia
    private var identifiers: Identifiers
    private var policy: SessionTimerPolicy
    private var request: SIPMessage

    init(
        _ session: String, to invitation: Invitation, for media: SessionMedia, alias: String? = nil,
        purpose: Purpose = .session, profile: IMClient.Profile, identifiers: inout Identifiers
    ) {
        var media = media
        self.session = session
        self.invitation = invitation
        self.purpose = purpose
        self.alias = alias
        self.profile = profile
        fields = ClientFields(profile, alias: alias)
        policy = profile.sessionTimerPolicy
        request = fields.initialRequest(
            .invite, to: invitation.requestURI, callID: identifiers.callID(), tag: identifiers.tag())
        fields.address(&request)
        fields.invite(&request, policy: policy)
        request.set(media.offer())
        if case .list(let uris, factory: _) = invitation {
            request.add(recipients: uris, boundary: identifiers.token())
        }
        self.media = media
        self.identifiers = identifiers.split()
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch (state, event) {
        case (.calling, .begin):
            return [.claim(callID: request.callID ?? "", tag: (try? request.from())?.tag ?? ""), .send(request)]
        case (.calling, .response(let response, to: .invite)) where !response.isFinal,
            (.proceeding, .response(let response, to: .invite)) where !response.isFinal:
            state = .proceeding
            return response.status == 180 ? [.report(.ringing(session: session))] : []
        case (.calling, .response(let response, to: .invite)), (.proceeding, .response(let response, to: .invite)):
            return response.isSuccess ? establish(response) : refused(response)

        case (.calling, .user(.leave)):
            state = .calledOff
            return []
        case (.calledOff, .response(let response, to: .invite)) where !response.isFinal,  // 100 (Trying) will do
            (.cancelling, .response(let response, to: .invite)) where !response.isFinal:
            return cancel()
        case (.proceeding, .user(.leave)):
            return cancel()
        case (.calledOff, .response(let response, to: .invite)), (.cancelling, .response(let response, to: .invite)):
            return (response.isSuccess ? release(response) : []) + end(reason: "cancelled")
        case (.cancelling, .timer(.giveUp)):
            return [.abandonInvite] + end(reason: "cancelled")

        case (.calling, .failed(.invite, let failure)), (.proceeding, .failed(.invite, let failure)):
            return media.withdraw(status: failure.status) + declined(failure.status)
        case (.calledOff, .failed(.invite, _)), (.cancelling, .failed(.invite, _)):
            return end(reason: "cancelled")

        case (_, .user(let action)):
            return media.perform(action)
        case (.calling, _), (.calledOff, _), (.proceeding, _), (.cancelling, _):
            return []
        }
    }

    private mutating func cancel() -> [ProcedureEffect] {
        guard state != .cancelling else { return [] }
        state = .cancelling
        return [.cancelInvite, .arm(.giveUp, after: profile.timing.timeout)]
    }

    private mutating func refused(_ response: SIPMessage) -> [ProcedureEffect] {
        if let raised = policy.raised(by: response) {
            policy = raised
            fields.invite(&request, policy: policy)
            let number = (try? request.cSeq())?.number ?? 1
            request.set(.cSeq, "\(number + 1) INVITE")
            state = .calling
            return [.send(request)]
        }
        return media.withdraw(status: response.status ?? 500) + declined(response.status ?? 500)
    }

    private mutating func establish(_ response: SIPMessage) -> [ProcedureEffect] {
        guard let dialog = Dialog(client: request, response: response) else {
            return [.report(.protocolTrouble("The \(response.outcome) to INVITE makes no dialog"))]
                + end(reason: "no dialog")
        }
        let ack = fields.ack(for: request, in: dialog)
        let conference = invitation.conference(acceptedBy: response)
        media.enter(conference, with: invitation.requestURI, as: fields.sender.uri)
        switch media.settle(answer: response) {
        case .unacceptable(let reason):
            return [.acknowledge(ack), .start(DialogRelease(of: dialog))] + end(reason: reason)
        case .settled(let effects):
            let opening = media.open()
            let ongoing = OngoingSession(
                dialog, media: media, conference: conference, alias: alias, greeting: greeting, profile: profile,
                timer: SessionTimer(client: response), invite: request, identifiers: identifiers.split())
            let succession: [ProcedureEffect] =
                switch purpose {
                case .session: []
                case .recording: [.succeed(session: session)]
                }
            return [.acknowledge(ack)] + opening + effects + succession + [.become(ongoing)]
        }
    }

    /// Ends at once a dialog that came about in spite of the CANCEL.
    private func release(_ response: SIPMessage) -> [ProcedureEffect] {
        guard let dialog = Dialog(client: request, response: response) else { return [] }
        return [.acknowledge(fields.ack(for: request, in: dialog)), .start(DialogRelease(of: dialog))]
    }

    // MARK: What is told

    private var greeting: ClientReport {
        switch purpose {
        case .session: .established(session: session)
        case .recording: .recording(session: session)
        }
    }

    private func declined(_ status: Int) -> [ProcedureEffect] {
        switch purpose {
        case .session: [.report(.declined(session: session, status: status)), .finish]
        case .recording: [.report(.recordingFailed(session: session, reason: "\(status) to INVITE")), .finish]
        }
    }

    private func end(reason: String) -> [ProcedureEffect] {
        switch purpose {
        case .session: [.report(.ended(session: session, reason: reason)), .finish]
        case .recording: [.report(.recordingFailed(session: session, reason: reason)), .finish]
        }
    }
}
