import Actors

extension ClientAction {
    /// The action with sessions by the names that the client has for them; one that it begins keeps its name.
    func naming(_ name: (String) -> String) -> ClientAction {
        switch self {
        case .rejoin(let session): .rejoin(session: name(session))
        case .extend(let session, let users, let conference):
            .extend(session: name(session), with: users, conference: conference)
        case .accept(let session): .accept(session: name(session))
        case .decline(let session): .decline(session: name(session))
        case .send(let text, let session): .send(text: text, session: name(session))
        case .whisper(let text, let session, let users): .whisper(text: text, session: name(session), to: users)
        case .attempt(let text, let session): .attempt(text: text, session: name(session))
        case .add(let users, let session): .add(users, session: name(session))
        case .expel(let user, let session): .expel(user, session: name(session))
        case .leave(let session): .leave(session: name(session))
        case .offer(let contents, let session): .offer(contents, session: name(session))
        case .take(let session): .take(session: name(session))
        case .refuse(let session): .refuse(session: name(session))
        case .request(let contents, let session): .request(contents, session: name(session))
        case .record(let session, let title): .record(session: name(session), name: title)
        case .stopRecording(let session): .stopRecording(session: name(session))
        case .logIn, .logOut, .changeSettings, .createGroup, .purge, .invite, .join, .page, .sendLarge, .transfer,
            .list, .retrieve, .delete, .compose, .wait:
            self
        }
    }
}
