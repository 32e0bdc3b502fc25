import Conformance

// What a step waits for.
extension Stage {
    func milestones(of step: Step) -> [Milestone] {
        let party = step.party
        switch step.action {
        case .logIn: return [.loggedIn(party)]
        case .logOut: return [.loggedOut(party)]
        case .changeSettings: return [.published(party)]
        case .nothing(let what): return isQuestion(step) ? [.witnessed(party, what: what)] : []
        case .create(let group):
            let isThere = isProvisioned(group) && provision(for: step) == nil && unnamedGroup(of: step) == nil
            return isThere ? [] : [.created(party, group: group)]
        case .purge(let store):
            return provisioning(of: .stores) == .preprovisioned ? [] : [.purged(party, store)]

        case .invite(let audience, let session): return receivers(of: audience, from: party).invited(to: session)
        case .transfer(_, let audience, let session): return receivers(of: audience, from: party).invited(to: session)
        case .join(_, _, let session): return [.settled(party, session: session)] + assembly(in: session)
        case .rejoin(let session): return [.established(party, session: session)] + assembly(in: session)
        case .extend(let session, let clients, let conference):
            let peers = sessions.present(in: session).filter { $0 != party }
            return (peers + clients).invited(to: conference)
        case .accept(let session):
            let originator = sessions.originator(of: session) ?? party
            return [originator, party].map { .established($0, session: session) } + assembly(in: session)
        case .decline(let session):
            guard let originator = sessions.originator(of: session), !sessions.isConference(session) else {
                return [.ended(party, session: session)]
            }
            return [.declined(originator, session: session)]
        case .send(let text, let session):
            let others = sessions.present(in: session).filter { $0 != party }
            return told(text, by: party, in: session) + others.map { .received($0, text: text) }
        case .whisper(let text, let session, let clients):
            return told(text, by: party, in: session) + clients.map { .received($0, text: text) }
        case .attempt(let text, let session): return [.attempted(party, text: text, session: session)]
        case .add(let clients, let session): return [.referred(party, session: session)] + clients.invited(to: session)
        case .expel(let client, let session):
            return [.referred(party, session: session), .dismissed(client, session: session)] + assembly(in: session)
        case .leave(let session): return farewell(of: party, from: session)

        case .page(let text, let audience):
            return [.paged(party, text: text)] + online(audience, from: party).map { .received($0, text: text) }
        case .sendLarge(let content, let audience):
            return [.contentSent(party, name: content.name)]
                + online(audience, from: party).map { .contentReceived($0, name: content.name) }
        case .announce(let text): return [.received(party, text: text)]

        case .offer(_, let session):
            return sessions.present(in: session).filter { $0 != party }.map { .filesOffered($0, session: session) }
        case .take(let session):
            guard let offer = sessions.offer(in: session) else { return [] }
            return offer.files.flatMap {
                [Milestone.contentReceived(party, name: $0.name), .contentSent(offer.by, name: $0.name)]
            }
        case .refuse(let session):
            guard let offer = sessions.offer(in: session) else { return [] }
            return [.filesRefused(offer.by, session: session)]
        case .request(let files, let session):
            let owner = sessions.offer(in: session)?.by
            return files.flatMap { file in
                [.contentReceived(party, name: file.name)] + (owner.map { [.contentSent($0, name: file.name)] } ?? [])
            }

        case .list(let store): return [.listed(party, store)]
        case .retrieve(let store, _): return [.retrieved(party, store)]
        case .delete(let store, _): return [.deleted(party, store)]
        case .record(let session, _):
            let invited = sessions.expected(in: session)
            let arrivals = invited.map { Milestone.established($0, session: session) }
            return [.recording(party, session: session)] + arrivals + (invited.isEmpty ? [] : assembly(in: session))
        case .stopRecording(let session): return [.recordingEnded(party, session: session)]
        case .receive(let texts, let contents):
            let arrivals =
                texts.map { Milestone.received(party, text: $0) }
                + contents.map { .contentReceived(party, name: $0.name) }
            let transfers = contents.isEmpty ? [] : sessions.transfers(of: party)
            return arrivals.filter { !waiting.hasArrived($0) } + transfers.map { .ended(party, session: $0) }

        case .compose(let request): return [.answered(party, method: request.method)]
        case .await(let selector): return [.saw(selector)]
        }
    }

    private func told(_ text: String, by party: PartyName, in session: String) -> [Milestone] {
        [.sent(party, text: text, session: session), .reported(party, text: text)]
    }

    /// Everybody in the conference sees everybody who should be there.
    private func assembly(in session: String) -> [Milestone] {
        guard sessions.isConference(session), !sessions.isTransfer(session) else { return [] }
        return sessions.present(in: session).map { .assembled($0, session: session) }
    }

    private func farewell(of party: PartyName, from session: String) -> [Milestone] {
        guard sessions.isConference(session) else {
            return sessions.members(of: session).map { .ended($0, session: session) }
        }
        if sessions.ends(session, without: party) {
            let others = sessions.present(in: session).filter { $0 != party }
            return [.ended(party, session: session)] + others.map { .dismissed($0, session: session) }
        }
        return [.ended(party, session: session)]
            + assembly(in: session).filter { $0 != .assembled(party, session: session) }
    }

    /// The clients that something reaches which another one sends.
    private func receivers(of audience: Audience, from sender: PartyName) -> [PartyName] {
        switch audience {
        case .client, .list: audience.clients
        case .group(let name):
            groups[name].map { $0.invitesMembers ? others(in: $0, than: sender) : [] } ?? []
        }
    }

    /// The clients that receive a message outside a session at once.
    private func online(_ audience: Audience, from sender: PartyName) -> [PartyName] {
        let receivers: [PartyName] =
            switch audience {
            case .client, .list: audience.clients
            case .group(let name): groups[name].map { others(in: $0, than: sender) } ?? []
            }
        return receivers.filter { !absent.contains($0) }
    }
}

extension [PartyName] {
    fileprivate func invited(to session: String) -> [Milestone] { map { .invited($0, session: session) } }
}
