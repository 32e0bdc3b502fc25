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
        case .whisper(let text, let session, to: _) where defects.contains(.whispersToAll):
            return [.send(text: text, session: session)]
        case .join(let group, nil, let session) where defects.contains(.hidesUnasked):
            return [.join(group: group, alias: profile.displayName, session: session)]
        case .page(let text, let destination):
            if defects.contains(.groupPageAsList), case .group(let uri) = destination {
                return [.page(text: text, to: .users([uri]))]
            }
            if defects.contains(.invitesToPage) { return [.invite(destination, session: "page")] }
            return defects.contains(.sendsTwice) ? [action, action] : [action]
        case .retrieve(.deferred, _):
            return [defects.contains(.retrievesAll) ? .retrieve(.deferred, .all) : action]
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
        case .invite, .join, .rejoin, .extend, .accept, .decline, .send, .whisper, .attempt, .add, .expel, .leave,
            .record, .stopRecording, .transfer, .offer, .take, .refuse, .request:
            begin(inSession: action)
        case .page(let text, let destination):
            page(text, to: destination)
        case .sendLarge(let content, let destination):
            start(
                LargeMessageOrigination(
                    content, to: destination, profile: profile, defects: defects, identifiers: &identifiers))
        case .createGroup(let group):
            start(GroupCreation(group, owner: profile.imAddress))
        case .list(let store):
            list(store)
        case .retrieve(let store, let selection):
            retrieve(selection, from: store)
        case .delete(let store, let selection):
            delete(selection, from: store)
        case .purge(let store):
            delete(.all, from: store, for: .purge)
        case .compose(let request, let imAddress):
            start(ComposedExchange(request, to: imAddress, profile: profile, identifiers: &identifiers))
        case .wait:
            break
        }
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
}
