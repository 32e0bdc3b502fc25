import Conformance
import MSRP
import MessageBodies
import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// A large message from this client, from the INVITE of its session to the answer to the BYE.
///
/// OMA-TS-SIMPLE_IM-V1_0 §9.1 and §9.4.2
struct LargeMessageOrigination: Procedure {
    private enum State: Sendable {
        case calling
        /// The session exists, and not every chunk has been answered.
        case sending(Dialog, MediaLeg)
        /// All has been taken, and the session stays for the final report, or for good where a defect has it so.
        case waiting(Dialog, MediaLeg)
        /// Our BYE has no final response yet.
        case leaving(Dialog, MediaLeg)
    }

    private var state = State.calling
    /// Whether every chunk has been answered with success.
    private var isDelivered = false
    private let content: MediaContent
    private let destination: Destination
    private let profile: IMClient.Profile
    private let defects: Set<ClientDefect>
    private let fields: ClientFields
    private let line: ContentLine
    private let messageID: String
    /// Whether the controlling function has still to tell what became of the message.
    private var awaitsFinalReport = false
    private var policy: SessionTimerPolicy
    private var request: SIPMessage
    /// What a subscription is made of, where a defect wants one.
    private var spareIdentifiers: Identifiers?

    init(
        _ content: MediaContent, to destination: Destination, profile: IMClient.Profile, defects: Set<ClientDefect>,
        identifiers: inout Identifiers
    ) {
        self.content = content
        self.destination = destination
        self.profile = profile
        self.defects = defects
        fields = ClientFields(profile)
        policy = profile.sessionTimerPolicy
        messageID = identifiers.token()
        let description = LocalDescription(profile, identifiers: &identifiers)
        line = ContentLine(
            offering: content.type, to: destination, at: MSRPURI(profile, session: identifiers.msrpSession()))
        request = fields.invitation(
            to: destination, offering: description.description([line.description]), profile: profile,
            identifiers: &identifiers)
        request.add(.acceptContact, "*;\(ClientFields.largeMessageTag)")
        spareIdentifiers = defects.contains(.largeMessageSubscribed) ? identifiers.split() : nil
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch (state, event) {
        case (.calling, .begin):
            return [.claim(callID: request.callID ?? "", tag: (try? request.from())?.tag ?? ""), .send(request)]
        case (.calling, .response(let response, to: .invite)) where response.isFinal:
            return response.isSuccess ? establish(response) : refused(response)
        case (.calling, .failed(.invite, let failure)):
            return failed("no response (\(failure.status))") + [.finish]
        case (.calling, _):
            return []

        case (.sending, .media(.connected, _)):
            return [.disarm(.giveUp)]
        case (.sending(let dialog, let leg), .media(.reported(messageID, let status), _)) where status != 200:
            return failed("reported with MSRP \(status)") + leave(dialog, leg)
        case (.sending(let dialog, let leg), .media(.answered(messageID, let status), _)):
            return status == 200 ? sent(dialog, leg) : failed("MSRP \(status)") + leave(dialog, leg)
        case (.sending(let dialog, let leg), .media(.unanswered(messageID), _)):
            return failed("no MSRP response") + leave(dialog, leg)
        case (.sending(let dialog, let leg), .media(.closed(let reason), _)):
            return failed(reason) + leave(dialog, leg)
        case (.sending(let dialog, let leg), .timer(.giveUp)):
            return failed("no MSRP connection") + leave(dialog, leg)

        case (.waiting(let dialog, let leg), .media(.closed, _)), (.waiting(let dialog, let leg), .timer(.giveUp)):
            return leave(dialog, leg)
        case (.sending, .media(let event, _)), (.waiting, .media(let event, _)):
            return FinalReport(event).map { take($0) } ?? []

        case (.leaving(_, let leg), .response(let response, to: .bye)) where response.isFinal:
            return end(leg)
        case (.leaving(_, let leg), .failed(.bye, _)):
            return end(leg)

        case (.sending(let dialog, _), .response(let response, to: .invite)) where response.isSuccess,
            (.waiting(let dialog, _), .response(let response, to: .invite)) where response.isSuccess,
            (.leaving(let dialog, _), .response(let response, to: .invite)) where response.isSuccess:
            return fields.acknowledgement(of: response, to: request, in: dialog)
        case (.sending(let dialog, let leg), .request(let request, let key)),
            (.waiting(let dialog, let leg), .request(let request, let key)),
            (.leaving(let dialog, let leg), .request(let request, let key)):
            return receive(request, in: key, dialog, leg)
        case (.sending, _), (.waiting, _), (.leaving, _):
            return []
        }
    }

    // MARK: Setting up

    private mutating func refused(_ response: SIPMessage) -> [ProcedureEffect] {
        if let raised = policy.raised(by: response) {
            policy = raised
            fields.invite(&request, policy: policy)
            request.set(.cSeq, "\(((try? request.cSeq())?.number ?? 1) + 1) INVITE")
            return [.send(request)]
        }
        return failed(response.outcome) + [.finish]
    }

    private mutating func establish(_ response: SIPMessage) -> [ProcedureEffect] {
        guard let dialog = Dialog(client: request, response: response) else {
            return failed("the \(response.outcome) to INVITE makes no dialog") + [.finish]
        }
        let acknowledgement = ProcedureEffect.acknowledge(fields.ack(for: request, in: dialog))
        let media = (try? response.sessionDescription())?.media.first(where: \.isMSRP)
        guard let media, let leg = line.leg(answeredBy: media),
            let wrapping = media.carriage(of: content.type, preferring: destination.wrapping)
        else {
            return [acknowledgement] + failed("the answer takes no \(content.type)")
                + [.start(DialogRelease(of: dialog)), .finish]
        }
        state = .sending(dialog, leg)
        let message = outgoing(wrapping == .cpim ? destination.wrapperAddress(contact: dialog.remoteTarget) : nil)
        awaitsFinalReport = wrapping == .cpim && profile.deliveryReports == .asked
        return [
            acknowledgement, .arm(.giveUp, after: profile.timing.timeout), .media(.open(leg)),
            .media(.send(message, session: leg.session)),
        ] + subscription(to: dialog)
    }

    /// Subscribes to the state of the session, as only a defect wants it.
    private mutating func subscription(to dialog: Dialog) -> [ProcedureEffect] {
        guard var identifiers = spareIdentifiers else { return [] }
        let conference = Conference(identity: dialog.remoteTarget, group: nil)
        return [
            .start(
                ConferenceSubscription(
                    to: conference, session: content.name, profile: profile, fields: fields,
                    identifiers: &identifiers))
        ]
    }

    private func outgoing(_ wrapperAddress: String?) -> MSRPOutgoing {
        let envelope = wrapperAddress.map {
            Envelope(from: profile.imAddress, to: $0, reports: profile.deliveryReports)
        }
        var message = MSRPOutgoing(
            content, messageID: messageID, disposition: "inline", in: envelope, chunkSize: profile.contentChunkSize)
        if defects.contains(.contentAltered) { message.body.alterLastByte() }
        return message
    }

    // MARK: Ending

    private mutating func sent(_ dialog: Dialog, _ leg: MediaLeg) -> [ProcedureEffect] {
        guard !defects.contains(.largeMessageSessionStays) else {
            state = .waiting(dialog, leg)
            return [.report(.contentSent(name: content.name))]
        }
        isDelivered = true
        guard !awaitsFinalReport else {
            state = .waiting(dialog, leg)
            return [.arm(.giveUp, after: profile.timing.timeout)]
        }
        return leave(dialog, leg)
    }

    /// Tells the user of a final report, after the last of which nothing keeps the session.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.7.2
    private mutating func take(_ report: FinalReport) -> [ProcedureEffect] {
        guard report.messageID == messageID else { return [] }
        if report.isLast { awaitsFinalReport = false }
        let telling = report.telling(of: content.name)
        guard case .waiting(let dialog, let leg) = state, report.isLast,
            !defects.contains(.largeMessageSessionStays)
        else { return telling }
        return telling + leave(dialog, leg)
    }

    private mutating func leave(_ dialog: Dialog, _ leg: MediaLeg) -> [ProcedureEffect] {
        var dialog = dialog
        let bye = dialog.request(.bye, fields: [SIPField(.userAgent, ClientFields.version)])
        state = .leaving(dialog, leg)
        return [.disarm(.giveUp), .send(bye)]
    }

    /// Says that the message is sent once nothing of its session is under way any more.
    private func end(_ leg: MediaLeg) -> [ProcedureEffect] {
        let news: [ProcedureEffect] = isDelivered ? [.report(.contentSent(name: content.name))] : []
        return [.media(.close(session: leg.session))] + news + [.finish]
    }

    private func failed(_ reason: String) -> [ProcedureEffect] {
        [.report(.contentFailed(name: content.name, reason: reason))]
    }

    // MARK: What the peer does

    private mutating func receive(
        _ request: SIPMessage, in key: TransactionKey, _ dialog: Dialog, _ leg: MediaLeg
    ) -> [ProcedureEffect] {
        let answer = fields.answer(to: request, in: dialog)
        guard request.method == .bye, answer.isSuccess else { return [.respond(answer, to: key)] }
        switch state {
        case .sending: return [.respond(answer, to: key)] + failed("released by the peer") + end(leg)
        case .calling, .waiting: return [.respond(answer, to: key)] + end(leg)
        case .leaving: return [.respond(answer, to: key)]
        }
    }
}

extension ContentLine {
    /// The line that offers a large message.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §9.1.1.2 (6); a group and a list are offered the wrapper first.
    fileprivate init(offering type: String, to destination: Destination, at uri: MSRPURI) {
        switch destination.wrapping {
        case .none: self.init(uri: uri, direction: .sendOnly, acceptTypes: [type])
        case .cpim:
            self.init(
                uri: uri, direction: .sendOnly, acceptTypes: ["message/cpim", type], acceptWrappedTypes: [type])
        }
    }
}
