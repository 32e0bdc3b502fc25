import Actors
import Conformance
import Network

// What a step means to the clients: what it brings about, and what to do.
extension Stage {
    /// Notes what the step brings about before anybody does anything.
    mutating func prepare(_ step: Step) {
        let party = step.party
        switch step.action {
        case .logIn:
            absent.remove(party)
            visitors[party] = registrars[party]
        case .invite(let audience, let session): open(session, by: party, for: audience)
        case .transfer(let files, let audience, let session):
            open(session, by: party, for: audience)
            sessions.markTransfer(session)
            sessions.offer(files, in: session, by: party)
        case .join(let group, _, let session): join(session, of: group, by: party)
        case .rejoin(let session):
            waiting.reopen(session, at: party)
            sessions.join(session, party)
        case .extend(let session, let clients, let conference):
            let peers = sessions.present(in: session).filter { $0 != party }
            open(conference, by: party, for: .list(peers + clients))
        case .accept(let session): sessions.enter(session, party)
        case .add(let clients, let session): sessions.invite(clients, to: session)
        case .expel(let client, let session): sessions.leave(session, client)
        case .offer(let files, let session): sessions.offer(files, in: session, by: party)
        case .record(let session, _) where !hasFocus(session):
            for participant in sessions.present(in: session) { waiting.reopen(session, at: participant) }
            sessions.confer(session, by: party)
        case .logOut, .changeSettings, .nothing, .create, .purge, .decline, .send, .whisper, .attempt, .leave, .page,
            .sendLarge, .announce,
            .take, .refuse, .request, .list, .retrieve, .delete, .record, .stopRecording, .receive, .compose, .await:
            break
        }
    }

    /// Notes who is no more to be in a session, once it is settled for whom to wait.
    ///
    /// What the others knew before somebody left is not what they know of its absence.
    mutating func conclude(_ step: Step) {
        if case .leave(let session) = step.action { sessions.leave(session, step.party) }
    }

    func clientAction(of step: Step) -> ClientAction {
        clientAction(of: step) { sessions.localName(of: $0, at: step.party) }
    }

    /// - Parameters:
    ///   - step: What is to be done.
    ///   - local: What the client calls a session.
    /// - Returns: The action of the client.
    func clientAction(of step: Step, naming local: (_ session: String) -> String) -> ClientAction {
        func uri(_ party: PartyName) -> String { cast[party]?.imAddress ?? "" }
        switch step.action {
        case .logIn(let settings): return .logIn(settings)
        case .logOut: return .logOut
        case .changeSettings(let settings): return .changeSettings(settings)
        case .create(let group) where isProvisioned(group): return .wait
        case .purge where provisioning(of: .stores) != .clients: return .wait
        case .create(let group): return description(of: group).map(ClientAction.createGroup) ?? .wait
        case .purge(let store): return .purge(store)
        case .invite(let audience, let session): return .invite(destination(of: audience), session: session)
        case .join(let group, let alias, let session):
            return .join(group: cast.groups[group] ?? "", alias: alias, session: local(session))
        case .rejoin(let session): return .rejoin(session: local(session))
        case .extend(let session, let clients, let conference):
            return .extend(session: local(session), with: clients.map(uri), conference: conference)
        case .accept(let session): return .accept(session: local(session))
        case .decline(let session): return .decline(session: local(session))
        case .send(let text, let session): return .send(text: text, session: local(session))
        case .whisper(let text, let session, let clients):
            return .whisper(text: text, session: local(session), to: clients.map(uri))
        case .attempt(let text, let session): return .attempt(text: text, session: local(session))
        case .add(let clients, let session): return .add(clients.map(uri), session: local(session))
        case .expel(let client, let session): return .expel(uri(client), session: local(session))
        case .leave(let session): return .leave(session: local(session))
        case .page(let text, let audience): return .page(text: text, to: destination(of: audience))
        case .sendLarge(let content, let audience): return .sendLarge(content, to: destination(of: audience))
        case .offer(let files, let session): return .offer(files, session: local(session))
        case .transfer(let files, let audience, let session):
            return .transfer(files, to: destination(of: audience), session: session)
        case .take(let session): return .take(session: local(session))
        case .refuse(let session): return .refuse(session: local(session))
        case .request(let files, let session): return .request(files, session: local(session))
        case .list(let store): return .list(store)
        case .retrieve(let store, let selection): return .retrieve(store, selection)
        case .delete(let store, let selection): return .delete(store, selection)
        case .record(let session, let name): return .record(session: local(session), name: name)
        case .stopRecording(let session): return .stopRecording(session: local(session))
        case .compose(let request): return .compose(request, to: uri(request.target))
        case .announce, .receive, .await, .nothing: return .wait
        }
    }

    /// Whether no client has to create the group.
    func isProvisioned(_ group: String) -> Bool {
        provisionedGroups.contains(group) || provisioning(of: .groups) != .clients
    }

    /// What the step asks of the operator of the system under test.
    func operatorRequest(of step: Step) -> OperatorRequest? {
        switch step.action {
        case .announce(let text): .announce(text: text, to: cast[step.party]?.imAddress ?? "")
        default: nil
        }
    }

    /// Whether the session is a conference, such as one of two users is where clients begin it by way of the factory.
    private func hasFocus(_ session: String) -> Bool {
        sessions.isConference(session) || oneToOne == .conference
    }

    private mutating func open(_ session: String, by party: PartyName, for audience: Audience) {
        waiting.open(session)
        switch audience {
        case .client(let client): sessions.open(session, .oneToOne, by: party, with: [client])
        case .list(let clients): sessions.open(session, .adHoc, by: party, with: clients)
        case .group(let name):
            guard let group = groups[name] else { return }
            sessions.open(session, .group(group), by: party, with: others(in: group, than: party))
        }
    }

    private mutating func join(_ session: String, of name: String, by party: PartyName) {
        guard let group = groups[name] else { return }
        if sessions.exists(session) {
            waiting.reopen(session, at: party)
            sessions.join(session, party)
        } else {
            waiting.open(session)
            let invited = group.invitesMembers ? others(in: group, than: party) : []
            sessions.open(session, .group(group), by: party, with: invited)
        }
    }

    /// The members of a group that hear what another one says.
    func others(in group: Group, than party: PartyName) -> [PartyName] { group.members.filter { $0 != party } }

    private func destination(of audience: Audience) -> Destination {
        switch audience {
        case .client(let client): .user(cast[client]?.imAddress ?? "")
        case .list(let clients): .users(clients.map { cast[$0]?.imAddress ?? "" })
        case .group(let group): .group(cast.groups[group] ?? "")
        }
    }

    private func description(of name: String) -> GroupDescription? {
        guard let group = groups[name], let uri = cast.groups[name] else { return nil }
        return GroupDescription(uri: uri, members: group.members.map { cast[$0]?.imAddress ?? "" }, group: group)
    }
}
