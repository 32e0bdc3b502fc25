import Network
import SIPSyntax
import SIPTransactions

/// How procedures, signalling and user plane hear of each other.
extension IMClient {
    mutating func start(_ procedure: any Procedure) {
        deliver(.begin, to: procedures.add(procedure))
    }

    mutating func deliver(_ event: ProcedureEvent, to id: ProcedureID) {
        for effect in procedures.handle(event, at: id) { carryOut(effect, of: id) }
    }

    /// Notes by which certificates a peer says that it is known, where that matters.
    private mutating func note(_ message: SIPMessage) {
        guard profile.securesMedia, let description = try? message.sessionDescription() else { return }
        userPlane.note(description)
    }

    /// Does what signalling asks for.
    mutating func signal(_ effects: [Signalling.Effect]) {
        for effect in effects {
            switch effect {
            case .network(let effect): emit(effect)
            case .arm(let timer, let delay): emit(.arm(timers.arm(.transaction(timer)), after: delay))
            case .cancel(let timer): disarm(.transaction(timer))
            case .request(let request, let key):
                note(request)
                receive(request, in: key)
            case .cancellation(let request, let key, of: let invite): cancel(invite, by: request, in: key)
            case .acknowledgement(let ack):
                note(ack)
                if let id = procedure(claiming: ack) { deliver(.acknowledged(ack), to: id) }
            case .response(let response, let key):
                note(response)
                guard let errand = procedures.errands[key] else { continue }
                deliver(.response(response, to: errand.method), to: errand.procedure)
            case .failed(let key, let failure):
                guard let errand = procedures.errands[key] else { continue }
                deliver(.failed(errand.method, failure), to: errand.procedure)
            case .terminated(let key):
                procedures.errands[key] = nil
                procedures.pendingInvites[key] = nil
            case .trouble(let text): report(.protocolTrouble(text))
            }
        }
    }

    /// Does what the user plane asks for.
    mutating func mediate(_ effects: [UserPlane.Effect]) {
        for effect in effects {
            switch effect {
            case .network(let effect): emit(effect)
            case .arm(let timer, let delay): emit(.arm(timers.arm(.media(timer)), after: delay))
            case .cancel(let timer): disarm(.media(timer))
            case .event(let event, let session):
                guard let id = procedures.mediaSessions[session] else { continue }
                deliver(.media(event, leg: session), to: id)
            case .trouble(let text): report(.protocolTrouble(text))
            }
        }
    }

    /// Does what the XDM client asks for.
    mutating func document(_ effects: [XDMClient.Effect]) {
        for effect in effects {
            switch effect {
            case .network(let effect): emit(effect)
            case .arm(let delay): emit(.arm(timers.arm(.documents), after: delay))
            case .disarm: disarm(.documents)
            case .outcome(let outcome, let id): deliver(.document(outcome), to: id)
            case .trouble(let text): report(.protocolTrouble(text))
            }
        }
    }

    private mutating func carryOut(_ effect: ProcedureEffect, of id: ProcedureID) {
        switch effect {
        case .send(let request) where request.method == .bye && defects.contains(.leavesWithoutBye):
            deliver(.response(SIPMessage(status: 200, to: request), to: .bye), to: id)
        case .send(let request):
            let (key, effects) = signalling.send(request)
            procedures.assign(key, to: id)
            signal(effects)
        case .acknowledge(let ack): signal(signalling.acknowledge(ack))
        case .cancelInvite:
            guard let invite = procedures.invites[id], let effects = signalling.cancel(invite) else { return }
            signal(effects)
        case .abandonInvite:
            guard let invite = procedures.invites[id] else { return }
            signal(signalling.abandon(invite))
        case .respond(let response, to: let key): signal(signalling.respond(key, with: response))
        case .claim(let callID, let tag): procedures.claims[DialogClaim(callID: callID, tag: tag)] = id
        case .media(let command):
            if case .open(let leg) = command { procedures.mediaSessions[leg.session] = id }
            mediate(userPlane.perform(command))
        case .access(let request): document(xdm.handle(.request(request, of: id)))
        case .leaveDocuments: document(xdm.handle(.leave))
        case .remember(let list, of: let store): lists[store] = list
        case .arm(let timer, let delay): emit(.arm(timers.arm(.procedure(id, timer)), after: delay))
        case .disarm(let timer): disarm(.procedure(id, timer))
        case .report(let report): self.report(report)
        case .confirm(let wrapper, let author):
            let notification = DeliveryNotification(
                of: wrapper, from: author, fields: fields, at: now, identifiers: &identifiers)
            if let notification { start(notification) }
        case .start(let procedure): start(procedure)
        case .invite(let invitation, let alias, let session, let purpose):
            invite(invitation, alias: alias, session: session, purpose: purpose)
        case .accompany(let subscription, let name): accompany(id, named: name, by: subscription)
        case .tell(let news):
            if let companion = procedures.companion(of: id) { deliver(.told(news), to: companion) }
        case .succeed(let session): succeed(in: session, by: id)
        case .dismiss(let replaced):
            guard !defects.contains(.replacedSessionKept) else { return }
            deliver(.user(.leave(session: "")), to: replaced)
        case .depart(let departed):
            procedures.remember(departed)
            emit(.arm(timers.arm(.departure(session: departed.name)), after: profile.memory))
        case .become(let procedure):
            procedures.replace(id, by: procedure)
            deliver(.begin, to: id)
        case .finish:
            procedures.remove(id)
            let running = timers.cancelAll { owner in
                if case .procedure(id, _) = owner { true } else { false }
            }
            for name in running { emit(.cancel(name)) }
        }
    }

    /// Begins the subscription to the conference of a session.
    private mutating func accompany(_ session: ProcedureID, named name: String, by subscription: any Procedure) {
        guard !defects.contains(.neverSubscribes) else {
            report(.unsubscribed(session: name, reason: "it is not wanted"))
            return deliver(.told(.unobservable), to: session)
        }
        let id = procedures.add(subscription)
        procedures.pair(session, id)
        deliver(.begin, to: id)
    }

    /// Gives the name of a session to the procedure that takes its place.
    private mutating func succeed(in session: String, by id: ProcedureID) {
        guard let predecessor = procedures.sessions[session] else { return }
        procedures.sessions[session] = ProcedureTable.Session(procedure: id, peer: predecessor.peer)
        deliver(.told(.superseded), to: predecessor.procedure)
    }

    private mutating func disarm(_ owner: TimerOwner) {
        if let name = timers.cancel(owner) { emit(.cancel(name)) }
    }

    /// The procedure whose dialog the request names.
    func procedure(claiming request: SIPMessage) -> ProcedureID? {
        guard let callID = request.callID, let tag = (try? request.to())?.tag else { return nil }
        return procedures.claims[DialogClaim(callID: callID, tag: tag)]
    }
}
