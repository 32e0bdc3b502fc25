import SIPDialogs
import SIPSyntax
import SIPTransactions

/// The dialogs of the server itself, between the transactions and those whose the dialogs are.
extension ReferenceServer {
    /// What holds for the dialogs of this server, unless their owner decides otherwise.
    var dialogTerms: ServedDialog.Terms {
        ServedDialog.Terms(timing: configuration.timing, ringing: configuration.limits.ringing)
    }

    /// Sends an INVITE, which begins a dialog of this owner.
    mutating func call(_ invite: SIPMessage, terms: ServedDialog.Terms, for owner: DialogOwner) {
        let (dialog, effects) = ServedDialog.calling(invite, terms: terms)
        let id = nextSerial()
        dialogs.insert(dialog, as: id, of: owner)
        perform(effects, inDialog: id)
    }

    /// Takes an INVITE, which begins a dialog of this owner; the owner has to answer it.
    mutating func admit(_ dialog: ServedDialog, for owner: DialogOwner) {
        dialogs.insert(dialog, as: nextSerial(), of: owner)
    }

    mutating func command(_ command: ServedDialog.Command, to owner: DialogOwner) {
        guard let id = dialogs.dialog(of: owner) else { return }
        perform(dialogs.perform(command, in: id), inDialog: id)
    }

    mutating func handle(_ event: ServedDialog.Event, inDialog id: Int) {
        perform(dialogs.handle(event, in: id), inDialog: id)
    }

    private mutating func perform(_ effects: [ServedDialog.Effect], inDialog id: Int) {
        for effect in effects {
            switch effect {
            case .respond(let response, let key): respond(response, key)
            case .refuse(let refusal, let key): refuse(refusal, key, toTag: dialogs[id]?.localTag)
            case .send(let request, let errand): send(request, for: .dialog(id, errand))
            case .acknowledge(let ack): acknowledge(ack)
            case .cancel(let errand): cancel(.dialog(id, errand))
            case .abandon(let errand): abandon(.dialog(id, errand))
            case .arm(let timer, let delay): arm(.dialog(id, timer), after: delay)
            case .disarm(let timer): disarm(.dialog(id, timer))
            case .notice(let notice):
                if let owner = dialogs.owner(of: id) { notices.append(.dialog(notice, owner)) }
            case .end:
                dialogs.remove(id)
                for timer in ServedDialog.Timer.all { disarm(.dialog(id, timer)) }
            }
        }
    }

    /// Tells whoever owns a dialog what has become of it.
    mutating func deliver(_ notice: ServedDialog.Notice, to owner: DialogOwner) {
        switch owner {
        case .session(let id, let side): handle(notice, of: side, inSession: id)
        case .conference(let id, let participant): handle(notice, of: participant, inConference: id)
        case .delivery(let id): handle(.dialog(notice), inDelivery: id)
        case .sink(let id): handle(.dialog(notice), inSink: id)
        }
    }
}

/// Something that happened in a machine below, on its way to the machine that is concerned.
enum ServerNotice {
    case outcome(Outcome, Purpose)
    case dialog(ServedDialog.Notice, DialogOwner)
    case media(MSRPEndpoint.Notice, session: String)
}
