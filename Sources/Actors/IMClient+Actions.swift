import Conformance

extension IMClient {
    /// What is done for one action: the action itself, unless a defect has other ideas.
    func conduct(_ action: ClientAction) -> [ClientAction] {
        switch action {
        case .send(let text, let session):
            if defects.contains(.pagesInSession), let peer = procedures.sessions[session]?.peer {
                return [.page(text: text, to: .user(peer))]
            }
            return defects.contains(.sendsTwice) ? [action, action] : [action]
        case .page(let text, let destination):
            if defects.contains(.groupPageAsList), case .group(let uri) = destination {
                return [.page(text: text, to: .users([uri]))]
            }
            if defects.contains(.invitesToPage) { return [.invite(destination, session: "page")] }
            return defects.contains(.sendsTwice) ? [action, action] : [action]
        case .delete(let store, _):
            return [defects.contains(.deletesAll) ? .delete(store, .all) : action]
        case .invite(let destination, let session):
            let again = ClientAction.invite(destination, session: session + " again")
            return defects.contains(.invitesTwice) ? [action, again] : [action]
        default:
            return [action]
        }
    }

    mutating func begin(_ action: ClientAction) {
        switch action {
        case .logIn, .logOut, .changeSettings:
            deliver(.user(action), to: service)
        case .invite(.user(let imAddress), let session):
            let files = files(of: session, with: imAddress)
            let media = SessionMedia(session, files: files, profile: profile, identifiers: &identifiers)
            invite(imAddress, for: media)
        case .transfer(let contents, .user(let imAddress), let session):
            shelf.add(contents)
            var files = files(of: session, with: imAddress)
            _ = files.perform(.offer(contents, session: session))
            let media = SessionMedia(session, filesAlone: files, profile: profile, identifiers: &identifiers)
            invite(imAddress, for: media)
        case .offer(let contents, let session):
            guard let id = procedures.sessions[session]?.procedure else { return refuse(action, session: session) }
            shelf.add(contents)
            deliver(.user(action), to: id)
        case .accept(let session), .decline(let session), .leave(let session), .send(_, let session),
            .take(let session), .refuse(let session), .request(_, let session):
            guard let id = procedures.sessions[session]?.procedure else { return refuse(action, session: session) }
            deliver(.user(action), to: id)
        case .page(let text, let destination):
            page(text, to: destination)
        case .sendLarge(let content, let destination):
            start(
                LargeMessageOrigination(
                    content, to: destination, profile: profile, defects: defects, identifiers: &identifiers))
        case .createGroup(let group):
            start(GroupCreation(group, owner: profile.imAddress))
        case .list(let store):
            start(ListReading(store, for: .user))
        case .delete(let store, let selection):
            delete(selection, from: store)
        case .purge(let store):
            delete(.all, from: store, for: .purge)
        case .compose(let request, let imAddress):
            start(ComposedExchange(request, to: imAddress, profile: profile, identifiers: &identifiers))
        case .wait:
            break
        default:
            report(.protocolTrouble("The client does not know how to do this: \(action)"))
        }
    }

    /// Takes a session into the client under its name, wrapped in the defect that concerns sessions.
    mutating func start(_ procedure: any Procedure, session: String, peer: String) {
        let conducted: any Procedure =
            defects.contains(.sendsBeforeAck) ? PrematureSender(procedure, session: session) : procedure
        let id = procedures.add(conducted)
        procedures.sessions[session] = ProcedureTable.Session(procedure: id, peer: peer)
        deliver(.begin, to: id)
    }

    private mutating func invite(_ imAddress: String, for media: SessionMedia) {
        guard procedures.sessions[media.session] == nil else {
            return report(.protocolTrouble("The session “\(media.session)” exists already"))
        }
        start(
            SessionInvitation(media.session, to: imAddress, for: media, profile: profile, identifiers: &identifiers),
            session: media.session, peer: imAddress)
    }

    /// The files of a session that begins, which are none at first.
    mutating func files(of session: String, with peer: String) -> FileExchange {
        FileExchange(
            session, with: peer, from: shelf, profile: profile, defects: defects, identifiers: &identifiers)
    }

    private mutating func page(_ text: String, to destination: Destination) {
        let procedure = PageOrigination(
            text: text, to: destination, profile: profile, at: now, identifiers: &identifiers)
        let size = signalling.size(of: procedure.request)
        guard size < PageOrigination.limit else {
            return report(.pageFailed(text: text, reason: "\(size) bytes are too many for pager mode"))
        }
        if let messageID = procedure.messageID { pages.add(text, messageID: messageID) }
        start(procedure)
    }

    /// Says why nothing can be done in a session that does not exist, or no longer.
    private mutating func refuse(_ action: ClientAction, session: String) {
        let reason = "There is no session “\(session)”"
        switch action {
        case .send(let text, _): report(.sendFailed(text: text, session: session, reason: reason))
        case .offer(let contents, _), .request(let contents, _):
            for content in contents { report(.contentFailed(name: content.name, reason: reason)) }
        case .leave: report(.ended(session: session, reason: reason))
        default: report(.protocolTrouble(reason))
        }
    }
}
