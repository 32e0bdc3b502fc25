import SIPTransactions

// What the user does with sessions, by their names.
extension IMClient {
    mutating func begin(inSession action: ClientAction) {
        switch action {
        case .invite(let destination, let session):
            guard procedures.sessions[session] == nil else {
                return report(.protocolTrouble("The session “\(session)” exists already"))
            }
            invite(invitation(to: destination), session: session, peer: destination.peer)
        case .join(let group, let alias, let session):
            supersede(session)
            invite(.group(group), alias: alias, session: session, peer: group)
        case .rejoin(let session):
            rejoin(session)
        case .attempt(let text, let session):
            attempt(text, session: session)
        case .accept(let session), .decline(let session), .leave(let session), .send(_, let session),
            .whisper(_, let session, to: _), .add(_, let session), .expel(_, let session),
            .extend(let session, with: _, conference: _), .record(let session, name: _),
            .stopRecording(let session):
            guard let id = procedures.sessions[session]?.procedure else { return refuse(action, session: session) }
            deliver(.user(action), to: id)
        default:
            preconditionFailure("Only actions in sessions come here")
        }
    }

    private func invitation(to destination: Destination) -> Invitation {
        switch destination {
        case .user(let uri):
            switch profile.oneToOne {
            case .direct: .user(uri)
            case .conference: .list([uri], factory: profile.services.conferenceFactory)
            }
        case .users(let uris): .list(uris, factory: profile.services.conferenceFactory)
        case .group(let uri): .group(uri)
        }
    }

    private mutating func invite(
        _ invitation: Invitation, alias: String? = nil, session: String, peer: String
    ) {
        let procedure = SessionInvitation(
            session, to: invitation, alias: alias, profile: profile, identifiers: &identifiers)
        start(procedure, session: session, peer: peer)
    }

    /// Leaves a session whose name another one is to have.
    private mutating func supersede(_ session: String) {
        guard let id = procedures.sessions.removeValue(forKey: session)?.procedure else { return }
        deliver(.told(.superseded), to: id)
        deliver(.user(.leave(session: session)), to: id)
    }

    /// Enters a conference again, as long as it is remembered.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.9
    private mutating func rejoin(_ session: String) {
        guard procedures.sessions[session] == nil else {
            return report(.protocolTrouble("The session “\(session)” is not over"))
        }
        guard let departed = procedures.departed[session], let conference = departed.conference else {
            return report(.ended(session: session, reason: "where the session was is not remembered"))
        }
        let isForgetful = defects.contains(.rejoinsAsNewConference)
        let invitation =
            isForgetful
            ? Invitation.list(departed.others, factory: profile.services.conferenceFactory)
            : .conference(conference)
        invite(invitation, alias: departed.alias, session: session, peer: conference.identity)
    }

    /// Sends where the session is or was.
    private mutating func attempt(_ text: String, session: String) {
        if let id = procedures.sessions[session]?.procedure {
            deliver(.user(.attempt(text: text, session: session)), to: id)
        } else if let conversation = procedures.departed[session]?.conversation {
            start(StaleAttempt(text, in: conversation, patience: profile.timing.timeout))
        } else {
            refuse(.attempt(text: text, session: session), session: session)
        }
    }

    /// Says why nothing can be done in a session that does not exist, or no longer.
    private mutating func refuse(_ action: ClientAction, session: String) {
        let reason = "There is no session “\(session)”"
        if let utterance = Utterance(action) { return report(utterance.failed(in: session, because: reason)) }
        switch action {
        case .leave: report(.ended(session: session, reason: reason))
        case .record, .stopRecording: report(.recordingFailed(session: session, reason: reason))
        default: report(.protocolTrouble(reason))
        }
    }
}

extension Destination {
    /// Whom a session with it is with, in one URI.
    fileprivate var peer: String {
        switch self {
        case .user(let uri), .group(let uri): uri
        case .users(let uris): uris.first ?? ""
        }
    }
}
