import Conformance

/// The sessions of a case, as far as its steps can be checked: who may be in which.
extension CaseReader {
    /// Those who may take part in a session, as its steps bring them there.
    struct Gathering {
        let opener: PartyName
        /// The group whose session it is.
        var group: String?
        /// Those who are invited and may accept.
        var invited: [PartyName] = []
        /// Those who enter of their own accord.
        var joined: [PartyName] = []

        var participants: [PartyName] { [opener] + (invited + joined).filter { $0 != opener } }
    }

    mutating func invitation(_ said: Fields, by inviter: PartyName) -> Action {
        let audience = audience(said, of: inviter)
        return .invite(audience, session: open(said, "session", by: inviter, for: audience))
    }

    mutating func transfer(_ said: Fields, by sender: PartyName) -> Action {
        let files = contents(said)
        let audience = audience(said, of: sender)
        return .transfer(files, to: audience, session: open(said, "session", by: sender, for: audience))
    }

    mutating func joining(_ said: Fields, by client: PartyName) -> Action {
        let group = group(said, "group")
        let name = said.text("session")
        var gathering = sessions[name] ?? Gathering(opener: client, group: group)
        if gathering.group != group {
            refuse(.duplicate, said.required("session"), "The session “\(name)” is not one of “\(group)”")
        }
        if !gathering.joined.contains(client) { gathering.joined.append(client) }
        sessions[name] = gathering
        return .join(group: group, alias: said.optional("alias")?.text, session: name)
    }

    mutating func conferenceExtension(_ said: Fields, by client: PartyName) -> Action {
        let name = session(said, of: client)
        let clients = said.list("clients").map { self.client($0) }
        let peers = (sessions[name]?.participants ?? []).filter { $0 != client }
        let conference = open(said, "conference", by: client, for: .list(peers + clients))
        return .extend(session: name, with: clients, conference: conference)
    }

    mutating func addition(_ said: Fields, by client: PartyName) -> Action {
        let name = session(said, of: client)
        let clients = said.list("clients").map { self.client($0) }
        sessions[name]?.invited += clients
        return .add(clients, session: name)
    }

    /// The audience of an invitation or message, which does not include its sender.
    mutating func audience(_ said: Fields, of sender: PartyName) -> Audience {
        switch said.choice {
        case "client":
            let name = party(said, "client")
            if name == sender { refuse(.wrongParty, said.required("client"), "Client \(sender) cannot invite itself") }
            return .client(name)
        case "clients":
            return .list(
                said.list("clients").map { node in
                    let name = client(node)
                    if name == sender { refuse(.wrongParty, node, "Client \(sender) cannot invite itself") }
                    return name
                })
        case "group": return .group(group(said, "group"))
        case let other: preconditionFailure("“\(other)” is no audience")
        }
    }

    /// The session under the key, in which the client takes part.
    mutating func session(_ said: Fields, of client: PartyName) -> String {
        let name = said.text("session")
        if let gathering = knownSession(said), !gathering.participants.contains(client) {
            let text = "Client \(client) takes no part in “\(name)”; \(gathering.participants.inWords) do"
            refuse(.wrongParty, said.required("session"), text)
        }
        return name
    }

    /// The session under the key, which the client has been invited to.
    mutating func pendingSession(_ said: Fields, of client: PartyName) -> String {
        let name = said.text("session")
        if let gathering = knownSession(said), !gathering.invited.contains(client) {
            let text = "The invitation to “\(name)” goes to \(gathering.invited.inWords), not to \(client)"
            refuse(.wrongParty, said.required("session"), text)
        }
        return name
    }

    /// Another participant of the session of the row.
    mutating func participant(_ node: YAMLNode, _ said: Fields, by client: PartyName) -> PartyName {
        let name = self.client(node)
        if let gathering = sessions[said.text("session")], !gathering.participants.contains(name) || name == client {
            let others = gathering.participants.filter { $0 != client }
            refuse(.wrongParty, node, "Client \(name) is no other participant; \(others.inWords) are")
        }
        return name
    }

    private mutating func open(
        _ said: Fields, _ key: String, by inviter: PartyName, for audience: Audience
    ) -> String {
        let name = said.text(key)
        guard sessions[name] == nil else {
            refuse(.duplicate, said.required(key), "An earlier invitation has the session name “\(name)” already")
            return name
        }
        var gathering = Gathering(opener: inviter)
        switch audience {
        case .client(let client): gathering.invited = [client]
        case .list(let clients): gathering.invited = clients
        case .group(let group):
            gathering.group = group
            let members = groups.first { $0.name == group }?.members ?? []
            gathering.invited = members.filter { $0 != inviter }
        }
        sessions[name] = gathering
        return name
    }

    private mutating func knownSession(_ said: Fields) -> Gathering? {
        let name = said.text("session")
        if let gathering = sessions[name] { return gathering }
        let hint = Suggestion.hint(for: name, among: sessions.keys.sorted())
        refuse(.unknownSession, said.required("session"), "No earlier step invites to a session “\(name)”\(hint)")
        return nil
    }
}

extension [PartyName] {
    fileprivate var inWords: String {
        guard count > 1 else { return first?.description ?? "nobody" }
        return dropLast().map(\.description).joined(separator: ", ") + " and \(self[count - 1])"
    }
}
