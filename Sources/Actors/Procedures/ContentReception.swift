import MSRP
import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// A session of contents to this client, which takes them without asking its user.
///
/// OMA-TS-SIMPLE_IM-V1_0 §9.2, §12.2.2.2
struct ContentReception: Procedure {
    /// What the session brings.
    enum Contents: Sendable {
        case largeMessage
        /// What has been kept for the user.
        case storedMessages
    }

    private enum State: Sendable {
        case invited
        case receiving(Dialog, MediaLeg, Acceptance)
        /// Our BYE has no final response yet.
        case leaving(MediaLeg)
    }

    private var state = State.invited
    private let contents: Contents
    private let request: SIPMessage
    private let transaction: TransactionKey
    private let tag: String
    private let profile: IMClient.Profile
    private let fields: ClientFields
    private let description: LocalDescription
    private let uri: MSRPURI

    init(
        of contents: Contents, by request: SIPMessage, in transaction: TransactionKey, profile: IMClient.Profile,
        identifiers: inout Identifiers
    ) {
        self.contents = contents
        self.request = request
        self.transaction = transaction
        self.profile = profile
        fields = ClientFields(profile)
        tag = identifiers.tag()
        description = LocalDescription(profile, identifiers: &identifiers)
        uri = MSRPURI(profile, session: identifiers.msrpSession())
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch (state, event) {
        case (.invited, .begin):
            return answer()
        case (.invited, _):
            return []

        case (.receiving, .media(.delivered(let message), _)):
            return contents.arrival(of: message)
        case (.receiving, .media(.abandoned, _)):
            return [.report(.contentFailed(name: contents.words, reason: "given up by the sender"))]
        case (.receiving(let dialog, let leg, var acceptance), .acknowledged):
            let effects = acceptance.acknowledge()
            state = .receiving(dialog, leg, acceptance)
            return effects
        case (.receiving(let dialog, let leg, var acceptance), .timer(let timer)):
            let effects = acceptance.timer(timer)
            state = .receiving(dialog, leg, acceptance)
            return acceptance.isAbandoned ? effects + leave(dialog, leg) : effects
        case (.receiving(let dialog, let leg, _), .request(let request, let key)):
            let answer = fields.answer(to: request, in: dialog)
            let isOver = request.method == .bye && answer.isSuccess
            return [.respond(answer, to: key)] + (isOver ? end(leg) : [])

        case (.leaving(let leg), .response(let response, to: .bye)) where response.isFinal:
            return end(leg)
        case (.leaving(let leg), .failed(.bye, _)):
            return end(leg)
        case (.receiving, _), (.leaving, _):
            return []
        }
    }

    /// Takes the message, or says why not.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §9.2.1.2
    private mutating func answer() -> [ProcedureEffect] {
        func refuse(_ response: SIPMessage) -> [ProcedureEffect] { [.respond(response, to: transaction), .finish] }
        switch fields.reading(request, tag: tag, policy: profile.sessionTimerPolicy) {
        case .failure(let refusal):
            return refuse(refusal.response)
        case .success(let proposal):
            guard let offer = proposal.offer, let place = offer.media.firstIndex(where: { $0.isMSRP && !$0.isRefused }),
                let line = ContentLine(
                    answering: offer.media[place], direction: .receiveOnly, taking: contents.acceptedTypes(by: profile),
                    at: uri),
                let leg = line.leg(answering: offer.media[place])
            else {
                let reason = "No acceptable content type in the offer"
                return refuse(fields.unacceptable(request, tag: tag, reason: reason))
            }
            guard let dialog = Dialog(server: request, localTag: tag) else {
                return refuse(fields.response(400, to: request, tag: tag))
            }
            var media = offer.media.map(\.refusal)
            media[place] = line.description
            let response = fields.acceptance(
                of: request, tag: tag, proposing: proposal, describing: description.description(media))
            let (acceptance, effects) = Acceptance.begin(response, in: transaction, timing: profile.timing)
            state = .receiving(dialog, leg, acceptance)
            return [.claim(callID: request.callID ?? "", tag: tag), .media(.open(leg))] + effects
        }
    }

    private mutating func leave(_ dialog: Dialog, _ leg: MediaLeg) -> [ProcedureEffect] {
        var dialog = dialog
        state = .leaving(leg)
        return [.send(dialog.request(.bye, fields: [SIPField(.userAgent, ClientFields.version)]))]
    }

    private func end(_ leg: MediaLeg) -> [ProcedureEffect] { [.media(.close(session: leg.session)), .finish] }
}

extension ContentReception.Contents {
    fileprivate func acceptedTypes(by profile: IMClient.Profile) -> [String] {
        switch self {
        case .largeMessage: profile.contentTypes
        case .storedMessages: DeliveredMessage.acceptedTypes
        }
    }

    fileprivate func arrival(of message: MSRPIncoming) -> [ProcedureEffect] {
        switch self {
        case .largeMessage:
            let content = ReceivedContent(message)
            return [.report(.contentReceived(name: content.name, bytes: content.bytes, session: nil))]
        case .storedMessages: return DeliveredMessage.messages(in: message).flatMap(\.arrival)
        }
    }

    /// What it is, for people.
    fileprivate var words: String {
        switch self {
        case .largeMessage: "large message"
        case .storedMessages: "stored message"
        }
    }
}
