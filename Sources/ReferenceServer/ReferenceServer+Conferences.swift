import MSRP
import MessageBodies
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// What conferences ask for, and what they hear.
extension ReferenceServer {
    /// What holds for the dialogs of a focus.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.1 step 3: whoever has called refreshes
    var conferenceTerms: ServedDialog.Terms {
        var terms = dialogTerms
        terms.refresher = .client
        terms.methods += [.subscribe, .refer]
        terms.extensions.insert("recipient-list-invite")
        return terms
    }

    mutating func handle(_ notice: ServedDialog.Notice, of participant: Participant.ID, inConference id: Int) {
        guard case .request(let request, let key) = notice else {
            return handle(.dialog(notice, participant), inConference: id)
        }
        guard request.method == .refer, let address = conferences[id]?.participants[participant]?.address else {
            return refuse(Refusal(403, because: "Outside of the dialog of the session only"), key)
        }
        refer(request, key, by: Originator(user: address), inConference: id, session: .conference(id, participant))
    }

    mutating func handle(_ event: Conference.Event, inConference id: Int) {
        let effects = conferences.change(id) { $0.handle(event) }
        reviewRecordings(ofConference: id)
        perform(effects ?? [], inConference: id)
    }

    mutating func perform(_ effects: [Conference.Effect], inConference id: Int) {
        for effect in effects {
            switch effect {
            case .invite(let participant, let message): invite(message, as: participant, toConference: id)
            case .command(let command, let participant): self.command(command, to: .conference(id, participant))
            case .media(.send(let message, _), let participant) where faults.has(.sessionTextAsPager):
                page(message.body, of: message.contentType, to: .conference(id, participant))
            case .media(let command, let participant): perform(command, for: .conference(id, participant))
            case .notify(let subscriber, let notification, let last):
                notify(notification, last: last, inSubscription: subscriber)
            case .refer(let referral, let status, let reason): tellReferrer(referral, status: status, reason: reason)
            case .arm(let timer, let delay): arm(.conference(id, timer), after: delay)
            case .disarm(let timer): disarm(.conference(id, timer))
            case .end:
                conferences.remove(id)
                endRecordings(of: .conference(id))
                earlierMessages[id] = nil
                disarm(.conference(id, .maximumDuration))
            }
        }
    }

    /// Sends the invitation of a focus, to users of this domain through their terminating function.
    private mutating func invite(_ message: SIPMessage, as participant: Participant.ID, toConference id: Int) {
        var invite = message
        if let replaces = (try? message.replaces()) ?? nil {
            invite.set(.replaces, (dialogs.counterpart(of: replaces) ?? replaces).description)
            if let session = dialogs.session(of: replaces) { sessions[session]?.isReplaced = true }
        }
        guard let uri = invite.sipRequestURI, proxy.isHome(uri) else {
            return call(invite, terms: conferenceTerms, for: .conference(id, participant))
        }
        let originator = conferences[id].flatMap { $0.participants[$0.originator]?.address }
        let inviter = conferences[id]?.rules.group?.uri ?? originator
        if faults.has(.originatorInvited), let contact = originator.flatMap({ contact(of: $0) }) {
            var extra = invite
            extra.startLine = .request(.invite, uri: contact)
            extra.set(.callID, "extra-" + (invite.callID ?? ""))
            sendExtra(extra)
        }
        terminate(
            IMRequest(
                kind: conferences[id]?.kind ?? .session, message: invite,
                originator: inviter.map { Originator(user: $0) },
                recipient: uri.userAddress), for: .conference(id, participant))
    }
}
