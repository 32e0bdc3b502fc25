import Actors
import Conformance

// What a step means to the clients: what to do, and what to wait for.
extension Stage {
    /// Notes what the step brings about before anybody does anything.
    mutating func prepare(_ step: Step) {
        switch step.action {
        case .logIn: absent.remove(step.party)
        case .invite(let invited, let session):
            sessions.open(session, by: step.party, with: [invited])
            waiting.open(session)
        case .logOut, .accept, .decline, .send, .leave, .page, .compose, .await: break
        }
    }

    /// What the step waits for.
    func milestones(of step: Step) -> [Milestone] {
        let party = step.party
        switch step.action {
        case .logIn: return [.loggedIn(party)]
        case .logOut: return [.loggedOut(party)]
        case .invite(let invited, let session): return [.invited(invited, session: session)]
        case .accept(let session): return sessions.participants(in: session).map { .established($0, session: session) }
        case .decline(let session):
            return sessions.participants(in: session).filter { $0 != party }.map { .declined($0, session: session) }
        case .send(let text, let session):
            let others = sessions.participants(in: session).filter { $0 != party }
            return [.sent(party, text: text, session: session)] + others.map { .received($0, text: text) }
        case .leave(let session): return sessions.members(of: session).map { .ended($0, session: session) }
        case .page(let text, let receiver):
            return [.paged(party, text: text)] + (absent.contains(receiver) ? [] : [.received(receiver, text: text)])
        case .compose(let request): return [.answered(party, method: request.method)]
        case .await(let selector): return [.saw(selector)]
        }
    }

    func clientAction(of step: Step) -> ClientAction {
        func imAddress(of party: PartyName) -> String { cast[party]?.imAddress ?? "" }
        func localName(of session: String) -> String { sessions.localName(of: session, at: step.party) }
        switch step.action {
        case .logIn(let settings): return .logIn(settings)
        case .logOut: return .logOut
        case .invite(let invited, let session): return .invite(imAddress: imAddress(of: invited), session: session)
        case .accept(let session): return .accept(session: localName(of: session))
        case .decline(let session): return .decline(session: localName(of: session))
        case .send(let text, let session): return .send(text: text, session: localName(of: session))
        case .leave(let session): return .leave(session: localName(of: session))
        case .page(let text, let receiver): return .page(text: text, to: imAddress(of: receiver))
        case .compose(let request): return .compose(request, to: imAddress(of: request.target))
        case .await: return .wait
        }
    }
}
