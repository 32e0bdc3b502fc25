import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// The invitation of another user to a 1-to-1 session, until it is accepted, refused or cancelled.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.2 and §7.1.1.13, RFC 3261 §13.2
struct SessionInvitation: Procedure {
    enum State: Sendable, Equatable {
        case calling
        /// To be cancelled as soon as a provisional response allows it (RFC 3261 §9.1).
        case calledOff
        case proceeding
        case cancelling
    }

    private(set) var state = State.calling

    private let session: String
    private let peer: String
    private let profile: IMClient.Profile
    private let fields: ClientFields
    private var media: SessionMedia
    private var identifiers: Identifiers
    private var policy: SessionTimerPolicy
    private var request: SIPMessage

    init(
        _ session: String, to peer: String, for media: SessionMedia, profile: IMClient.Profile,
        identifiers: inout Identifiers
    ) {
        var media = media
        self.session = session
        self.peer = peer
        self.profile = profile
        fields = ClientFields(profile)
        policy = profile.sessionTimerPolicy
        request = fields.initialRequest(.invite, to: peer, callID: identifiers.callID(), tag: identifiers.tag())
        fields.address(&request)
        fields.invite(&request, policy: policy)
        request.set(media.offer())
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
            return media.withdraw(status: failure.status)
                + [.report(.declined(session: session, status: failure.status)), .finish]
        case (.calledOff, .failed(.invite, _)), (.cancelling, .failed(.invite, _)):
            return end(reason: "cancelled")

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
        let status = response.status ?? 500
        return media.withdraw(status: status) + [.report(.declined(session: session, status: status)), .finish]
    }

    private mutating func establish(_ response: SIPMessage) -> [ProcedureEffect] {
        guard let dialog = Dialog(client: request, response: response) else {
            return [.report(.protocolTrouble("The \(response.outcome) to INVITE makes no dialog"))]
                + end(reason: "no dialog")
        }
        let ack = fields.ack(for: request, in: dialog)
        switch media.settle(answer: response) {
        case .unacceptable(let reason):
            return [.acknowledge(ack), .start(DialogRelease(of: dialog))] + end(reason: reason)
        case .settled(let effects):
            let opening = media.open(with: peer)
            let ongoing = OngoingSession(
                dialog, media: media, profile: profile, timer: SessionTimer(client: response), invite: request,
                identifiers: identifiers.split())
            return [.acknowledge(ack)] + opening + effects + [.become(ongoing)]
        }
    }

    /// Ends at once a dialog that came about in spite of the CANCEL.
    private func release(_ response: SIPMessage) -> [ProcedureEffect] {
        guard let dialog = Dialog(client: request, response: response) else { return [] }
        return [.acknowledge(fields.ack(for: request, in: dialog)), .start(DialogRelease(of: dialog))]
    }

    private func end(reason: String) -> [ProcedureEffect] {
        [.report(.ended(session: session, reason: reason)), .finish]
    }
}
