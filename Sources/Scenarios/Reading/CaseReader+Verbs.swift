import Conformance

extension CaseReader {
    /// What a row says that its client does.
    mutating func action(_ row: Fields, by client: PartyName) -> Action {
        let verb = row.choice
        let said = row.fields(verb)
        return switch verb {
        case "log-in": .logIn(settings(said))
        case "log-out": .logOut
        case "invite": invitation(said, by: client)
        case "accept": .accept(session: pendingSession(said, of: client))
        case "decline": .decline(session: pendingSession(said, of: client))
        case "send": .send(text: said.required("text").verbatim, session: session(said, of: client))
        case "leave": .leave(session: session(said, of: client))
        case "page": .page(text: said.required("text").verbatim, to: party(said, "client"))
        case "compose":
            .compose(
                ComposedRequest(
                    method: said.text("method"), target: party(said, "client"),
                    contentType: said.optional("content-type")?.text, body: said.optional("body")?.verbatim))
        case "await":
            .await(
                MessageSelector(
                    at: client, direction: .received, start: start(said.required("received")),
                    carrying: said.optional("carrying")?.verbatim))
        case let other: preconditionFailure("“\(other)” is no verb")
        }
    }

    private func settings(_ said: Fields) -> Settings {
        let open = Settings.open
        return Settings(
            barsSessions: said.flag("bars-sessions", default: open.barsSessions),
            barsPagers: said.flag("bars-pagers", default: open.barsPagers),
            wantsOfflineDelivery: said.flag("offline-delivery", default: open.wantsOfflineDelivery),
            isVisible: said.flag("visible", default: open.isVisible),
            recordsSessions: said.flag("records-sessions", default: open.recordsSessions),
            recordsPagers: said.flag("records-pagers", default: open.recordsPagers))
    }

    private mutating func invitation(_ said: Fields, by inviter: PartyName) -> Action {
        let invited = party(said, "client")
        let name = said.text("session")
        if invited == inviter {
            refuse(.wrongParty, said.required("client"), "Client \(inviter) cannot invite itself")
        }
        if sessions[name] == nil {
            sessions[name] = Invitation(inviter: inviter, invited: invited)
        } else {
            refuse(.duplicate, said.required("session"), "An earlier invitation has the session name “\(name)” already")
        }
        return .invite(invited, session: name)
    }

    /// The session under the key, which the client has been invited to.
    private mutating func pendingSession(_ said: Fields, of client: PartyName) -> String {
        let name = said.text("session")
        if let invitation = knownSession(said), invitation.invited != client {
            let text = "The invitation to “\(name)” goes to \(invitation.invited), not to \(client)"
            refuse(.wrongParty, said.required("session"), text)
        }
        return name
    }

    /// The session under the key, in which the client takes part.
    private mutating func session(_ said: Fields, of client: PartyName) -> String {
        let name = said.text("session")
        if let invitation = knownSession(said), ![invitation.inviter, invitation.invited].contains(client) {
            let text = "Client \(client) takes no part in “\(name)”; \(invitation.inviter) and \(invitation.invited) do"
            refuse(.wrongParty, said.required("session"), text)
        }
        return name
    }

    private mutating func knownSession(_ said: Fields) -> Invitation? {
        let name = said.text("session")
        if let invitation = sessions[name] { return invitation }
        let hint = Suggestion.hint(for: name, among: sessions.keys.sorted())
        refuse(.unknownSession, said.required("session"), "No earlier step invites to a session “\(name)”\(hint)")
        return nil
    }
}
