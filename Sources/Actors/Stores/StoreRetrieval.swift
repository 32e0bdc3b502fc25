import Conformance
import MSRP
import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// Has stored items delivered, from the INVITE to the function that keeps them to its BYE.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.1.1 and §13.1.3
struct StoreRetrieval: Procedure {
    private enum State: Sendable {
        case calling
        case receiving(Dialog, MediaLeg)
        /// Our BYE has no final response yet.
        case leaving(Dialog, MediaLeg)
    }

    private var state = State.calling
    private let store: MessageStore
    private let profile: IMClient.Profile
    private let defects: Set<ClientDefect>
    private let fields: ClientFields
    private let line: ContentLine
    private var policy: SessionTimerPolicy
    private var request: SIPMessage

    /// A retrieval of these items; without references, of everything that there is.
    init(
        _ items: StoredItems, from store: MessageStore, profile: IMClient.Profile, defects: Set<ClientDefect>,
        identifiers: inout Identifiers
    ) {
        self.store = store
        self.profile = profile
        self.defects = defects
        fields = ClientFields(profile)
        policy = profile.sessionTimerPolicy
        line = ContentLine(
            uri: MSRPURI(profile, session: identifiers.msrpSession()),
            direction: defects.contains(.retrievesBothWays) ? .sendReceive : .receiveOnly,
            acceptTypes: DeliveredMessage.acceptedTypes)
        request = fields.initialRequest(
            .invite, to: store.function(at: profile.services), callID: identifiers.callID(), tag: identifiers.tag())
        fields.address(&request)
        fields.invite(&request, policy: policy)
        request.set(LocalDescription(profile, identifiers: &identifiers).description([line.description]))
        if case .references(let references) = items {
            request.add(recipients: references, boundary: identifiers.token())
        }
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch (state, event) {
        case (.calling, .begin):
            return [.claim(callID: request.callID ?? "", tag: (try? request.from())?.tag ?? ""), .send(request)]
        case (.calling, .response(let response, to: .invite)) where response.isFinal:
            return response.isSuccess ? establish(response) : refused(response)
        case (.calling, .failed(.invite, let failure)):
            return [failed("no response (\(failure.status))"), .finish]
        case (.calling, _):
            return []

        case (.receiving(let dialog, let leg), .media(.delivered(let message), _)):
            let messages = DeliveredMessage.messages(in: message)
            let arrivals =
                store == .deferred ? messages.flatMap(\.arrival) : messages.compactMap(\.report).map { .report($0) }
            let going: [ProcedureEffect] =
                defects.contains(.endsRetrievals)
                ? [.report(.retrieved(store))] + leave(dialog, leg)
                : [.arm(.giveUp, after: profile.timing.timeout)]
            return arrivals + going
        case (.receiving(let dialog, let leg), .timer(.giveUp)):
            return [failed("the delivery does not end")] + leave(dialog, leg)

        case (.leaving(_, let leg), .response(let response, to: .bye)) where response.isFinal:
            return end(leg)
        case (.leaving(_, let leg), .failed(.bye, _)):
            return end(leg)

        case (.receiving(let dialog, _), .response(let response, to: .invite)) where response.isSuccess,
            (.leaving(let dialog, _), .response(let response, to: .invite)) where response.isSuccess:
            return fields.acknowledgement(of: response, to: request, in: dialog)
        case (.receiving(let dialog, let leg), .request(let request, let key)):
            let answer = fields.answer(to: request, in: dialog)
            guard request.method == .bye, answer.isSuccess else { return [.respond(answer, to: key)] }
            return [.respond(answer, to: key), .report(.retrieved(store))] + end(leg)
        case (.leaving(let dialog, _), .request(let request, let key)):
            return [.respond(fields.answer(to: request, in: dialog), to: key)]
        case (.receiving, _), (.leaving, _):
            return []
        }
    }

    private mutating func refused(_ response: SIPMessage) -> [ProcedureEffect] {
        if let raised = policy.raised(by: response) {
            policy = raised
            fields.invite(&request, policy: policy)
            request.set(.cSeq, "\(((try? request.cSeq())?.number ?? 1) + 1) INVITE")
            return [.send(request)]
        }
        return [response.saysNoMessages ? .report(.retrieved(store)) : failed(response.outcome), .finish]
    }

    private mutating func establish(_ response: SIPMessage) -> [ProcedureEffect] {
        guard let dialog = Dialog(client: request, response: response) else {
            return [failed("the \(response.outcome) to INVITE makes no dialog"), .finish]
        }
        let acknowledgement = ProcedureEffect.acknowledge(fields.ack(for: request, in: dialog))
        let media = (try? response.sessionDescription())?.media.first(where: \.isMSRP)
        guard let media, let leg = line.leg(answeredBy: media) else {
            return [
                acknowledgement, failed("no MSRP in the answer"), .start(DialogRelease(of: dialog)), .finish,
            ]
        }
        state = .receiving(dialog, leg)
        return [acknowledgement, .media(.open(leg)), .arm(.giveUp, after: profile.timing.timeout)]
    }

    private mutating func leave(_ dialog: Dialog, _ leg: MediaLeg) -> [ProcedureEffect] {
        var dialog = dialog
        let bye = dialog.request(.bye, fields: [SIPField(.userAgent, ClientFields.version)])
        state = .leaving(dialog, leg)
        return [.send(bye)]
    }

    private func end(_ leg: MediaLeg) -> [ProcedureEffect] { [.media(.close(session: leg.session)), .finish] }

    private func failed(_ reason: String) -> ProcedureEffect {
        .report(.retrievalFailed(store, reason: reason))
    }
}

extension SIPMessage {
    /// Whether the refusal says that nothing is stored.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §12.2.1.1.2 (1)
    fileprivate var saysNoMessages: Bool {
        status == 488 && ((try? warnings()) ?? []).contains { $0.code == 399 && $0.text.hasPrefix("125") }
    }
}
