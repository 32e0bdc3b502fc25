import SIPDialogs
import SIPSyntax
import SIPTransactions

/// From the INVITE of either side to its ACK.
extension ServedDialog {
    /// Invites a party.
    static func calling(_ invite: SIPMessage, terms: Terms) -> (ServedDialog, [Effect]) {
        var invite = invite
        if invite.asksForSecurity, let contact = invite.first(.contact) {
            invite.set(.contact, contact.asSecureContact)
        }
        let dialog = ServedDialog(
            terms: terms, invite: invite, contact: invite.first(.contact) ?? "", inviteKey: nil,
            localTag: (try? invite.from())?.tag ?? "", state: .calling, description: invite.body)
        return (dialog, [.send(invite, .invite), .arm(.ringing, after: terms.ringing)])
    }

    /// Is invited by a party, and answers when the owner says so.
    static func invited(
        _ invite: SIPMessage, _ key: TransactionKey, localTag: String, contact: String, terms: Terms
    ) throws(Refusal) -> ServedDialog {
        if let refusal = RequestValidation().refusal(of: invite, understanding: terms.extensions) { throw refusal }
        if case .tooShort(let minimum) = terms.timerPolicy.answer(to: invite, preferring: terms.refresher) {
            throw Refusal(422, fields: [SIPField(.minSE, String(minimum))])
        }
        return ServedDialog(
            terms: terms, invite: invite, contact: invite.asksForSecurity ? contact.asSecureContact : contact,
            inviteKey: key, localTag: localTag, state: .invited, description: [])
    }

    private init(
        terms: Terms, invite: SIPMessage, contact: String, inviteKey: TransactionKey?, localTag: String, state: State,
        description: [UInt8]
    ) {
        self.terms = terms
        self.invite = invite
        self.contact = contact
        self.inviteKey = inviteKey
        self.localTag = localTag
        self.state = state
        self.description = description
    }

    // MARK: The party answers

    mutating func answered(_ response: SIPMessage) -> [Effect] {
        switch response.status ?? 0 {
        case ...100:
            state = .proceeding
            return []
        case 101...199:
            state = .proceeding
            return [.notice(.proceeding(response)), .arm(.ringing, after: terms.ringing)]
        case 200...299:
            return established(by: response)
        default:
            return end([.disarm(.ringing), .notice(.refused(.answered(response)))])
        }
    }

    mutating func fail(_ refusal: Refusal) -> [Effect] {
        end([.disarm(.ringing), .notice(.refused(.unanswered(refusal)))])
    }

    /// Gives an invitation up, of which the party has to be told.
    mutating func giveUp() -> [Effect] {
        let cancellation: [Effect] = state == .proceeding ? [.cancel(.invite)] : []
        state = state == .proceeding ? .cancelled : .cancelAwaited
        return cancellation + [.disarm(.ringing), .arm(.cancelled, after: terms.timing.timeout)]
    }

    /// Acknowledges a 2xx response that nobody waits for any more, and ends its dialog.
    ///
    /// RFC 3261 §13.2.2.4
    func dismiss(_ response: SIPMessage) -> [Effect] {
        guard response.isSuccess, var dialog = Dialog(client: invite, response: response) else { return [] }
        let ack = dialog.ack(for: invite)
        return [.acknowledge(ack), .send(dialog.request(.bye), .dismiss)]
    }

    private mutating func established(by response: SIPMessage) -> [Effect] {
        guard let dialog = Dialog(client: invite, response: response) else {
            return fail(Refusal(502, because: "The answer of the client cannot be used"))
        }
        self.dialog = dialog
        timer = SessionTimer(client: response)?.bounded
        state = .established
        let ack = dialog.ack(for: invite)
        acknowledgement = ack
        return [.disarm(.ringing), .acknowledge(ack)] + timers() + [.notice(.accepted(response))]
    }

    /// The party says again that it accepts, or a second one says it.
    func repeated(_ response: SIPMessage) -> [Effect] {
        guard response.isSuccess, inviteKey == nil else { return [] }
        guard DialogID(response: response) == dialog?.id else { return dismiss(response) }
        return acknowledgement.map { [.acknowledge($0)] } ?? []
    }

    // MARK: The server answers

    /// Says something provisional about the party's invitation.
    func progress(_ answer: DialogAnswer) -> [Effect] {
        guard state == .invited, let inviteKey else { return [] }
        var response = answer.response(to: invite, toTag: localTag)
        response.fields += invite.fields.filter { $0.name == .recordRoute }
        response.add(.contact, contact)
        return [.respond(response, inviteKey)]
    }

    /// Accepts the invitation or the modification that waits for an answer.
    mutating func accept(_ answer: DialogAnswer) -> [Effect] {
        switch state {
        case .invited:
            guard let inviteKey, let dialog = Dialog(server: invite, localTag: localTag) else { return [] }
            self.dialog = dialog
            state = .established
            return accept(invite, inviteKey, with: answer)
        case .established:
            guard let modification else { return [] }
            self.modification = nil
            return accept(modification.request, modification.key, with: answer)
        case .calling, .proceeding, .cancelAwaited, .cancelled, .releasing, .ended:
            return []
        }
    }

    /// Turns down the invitation or the modification that waits for an answer.
    mutating func reject(_ answer: DialogAnswer) -> [Effect] {
        turnDown { request, key, tag in .respond(answer.response(to: request, toTag: tag), key) }
    }

    /// Turns down the invitation or the modification that waits for an answer.
    mutating func refuse(_ refusal: Refusal) -> [Effect] {
        turnDown { _, key, _ in .refuse(refusal, key) }
    }

    private mutating func turnDown(_ answer: (SIPMessage, TransactionKey, String) -> Effect) -> [Effect] {
        switch state {
        case .invited:
            guard let inviteKey else { return [] }
            return end([answer(invite, inviteKey, localTag)])
        case .established:
            guard let modification else { return [] }
            self.modification = nil
            return [answer(modification.request, modification.key, localTag)] + offerWaiting()
        case .calling, .proceeding, .cancelAwaited, .cancelled, .releasing, .ended:
            return []
        }
    }

    /// Sends a 2xx response, and again until its ACK comes.
    private mutating func accept(
        _ request: SIPMessage, _ key: TransactionKey, with answer: DialogAnswer
    ) -> [Effect] {
        var response = answer.response(to: request, toTag: localTag)
        response.fields += request.fields.filter { $0.name == .recordRoute }
        if case .agreed(let expires, let requirement) = terms.timerPolicy.answer(
            to: request, preferring: terms.refresher)
        {
            timer = SessionTimer(server: expires).bounded
            response.add(.sessionExpires, expires.description)
            if requirement == .timer { response.add(.require, "timer") }
        }
        response.add(.contact, contact)
        response.add(.allow, terms.allow)
        response.add(.supported, "timer")
        if !answer.body.isEmpty {
            response.add(.contentType, "application/sdp")
            response.body = answer.body
            description = answer.body
        }
        let (machine, effects) = AcceptedInvite.begin(timing: terms.timing)
        accepted = Accepted(machine: machine, response: response, key: key)
        return effects.flatMap { perform($0) } + timers()
    }

    mutating func care(_ event: AcceptedInvite.Event) -> [Effect] {
        guard var care = accepted else { return [] }
        let effects = care.machine.handle(event)
        accepted = care
        return effects.flatMap { perform($0) }
    }

    private mutating func perform(_ effect: AcceptedInvite.Effect) -> [Effect] {
        guard let accepted else { return [] }
        switch effect {
        case .sendResponse: return [.respond(accepted.response, accepted.key)]
        case .arm(let timer, let delay): return [.arm(.accepted(timer), after: delay)]
        case .cancel(let timer): return [.disarm(.accepted(timer))]
        case .reportUnacknowledged: return unacknowledged()
        }
    }

    mutating func confirmed() -> [Effect] {
        guard awaitsAcknowledgement else { return [] }
        let isFirst = accepted?.key == inviteKey
        return care(.ack) + (isFirst ? [.notice(.confirmed)] : []) + offerWaiting()
    }
}
