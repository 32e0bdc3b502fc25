import Conformance
import SIPTransactions

// What the user does with sessions, by their names.
extension IMClient {
    mutating func begin(inSession action: ClientAction) {
        switch action {
        case .invite(let destination, let session):
            invite(invitation(to: destination), session: session)
        case .transfer(let contents, let destination, let session):
            transfer(contents, to: invitation(to: destination), session: session)
        case .join(let group, let alias, let session):
            supersede(session)
            invite(.group(group), alias: alias, session: session)
        case .rejoin(let session):
            rejoin(session)
        case .attempt(let text, let session):
            attempt(text, session: session)
        case .accept(let session), .decline(let session), .leave(let session), .send(_, let session),
            .whisper(_, let session, to: _), .add(_, let session), .expel(_, let session),
            .extend(let session, with: _, conference: _), .record(let session, name: _),
            .stopRecording(let session), .offer(_, let session), .take(let session), .refuse(let session),
            .request(_, let session):
            if case .offer(let contents, _) = action { shelf.add(contents) }
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

    /// Invites to a session with texts.
    mutating func invite(
        _ invitation: Invitation, alias: String? = nil, session: String,
        purpose: SessionInvitation.Purpose = .session
    ) {
        let files = files(of: session, with: invitation.requestURI, preferring: invitation.wrapping)
        let media = SessionMedia(
            session, files: files, profile: profile, preferring: invitation.wrapping, identifiers: &identifiers)
        let procedure = SessionInvitation(
            session, to: invitation, for: media, alias: alias, purpose: purpose, profile: profile,
            identifiers: &identifiers)
        switch purpose {
        case .session: begin(procedure, session: session, peer: invitation.peer)
        case .recording: start(procedure)
        }
    }

    /// Invites to a session that consists of these files.
    private mutating func transfer(_ contents: [MediaContent], to invitation: Invitation, session: String) {
        shelf.add(contents)
        var files = files(of: session, with: invitation.requestURI, preferring: invitation.wrapping)
        files.audience = invitation.audience
        _ = files.perform(.offer(contents, session: session))
        let media = SessionMedia(session, filesAlone: files, profile: profile, identifiers: &identifiers)
        let procedure = SessionInvitation(
            session, to: invitation, for: media, profile: profile, identifiers: &identifiers)
        begin(procedure, session: session, peer: invitation.peer)
    }

    private mutating func begin(_ procedure: SessionInvitation, session: String, peer: String) {
        guard procedures.sessions[session] == nil else {
            return report(.protocolTrouble("The session “\(session)” exists already"))
        }
        start(procedure, session: session, peer: peer)
    }

    /// The files of a session that begins, which are none at first.
    mutating func files(
        of session: String, with peer: String, preferring wrapping: Wrapping = .none
    ) -> FileExchange {
        FileExchange(
            session, with: peer, from: shelf, preferring: wrapping, profile: profile, defects: defects,
            identifiers: &identifiers)
    }

    /// Takes a session into the client under its name, wrapped in the defect that concerns sessions.
    mutating func start(_ procedure: any Procedure, session: String, peer: String) {
        let conducted: any Procedure =
            defects.contains(.sendsBeforeAck) ? PrematureSender(procedure, session: session) : procedure
        let id = procedures.add(conducted)
        procedures.sessions[session] = ProcedureTable.Session(procedure: id, peer: peer)
        deliver(.begin, to: id)
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
        invite(invitation, alias: departed.alias, session: session)
    }

    /// Sends where the session is; where it is over, a client that knows so sends nothing.
    private mutating func attempt(_ text: String, session: String) {
        if let id = procedures.sessions[session]?.procedure {
            deliver(.user(.attempt(text: text, session: session)), to: id)
        } else if defects.contains(.sendsAfterEnd), let conversation = procedures.departed[session]?.conversation {
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
        case .offer(let contents, _), .request(let contents, _):
            for content in contents { report(.contentFailed(name: content.name, reason: reason)) }
        case .leave: report(.ended(session: session, reason: reason))
        case .record, .stopRecording: report(.recordingFailed(session: session, reason: reason))
        default: report(.protocolTrouble(reason))
        }
    }
}

extension Invitation {
    /// Who is to be there before something is sent that is sent only once.
    fileprivate var audience: FileExchange.Audience {
        switch self {
        case .user: .anybody
        case .list(let uris, factory: _): .everybody(uris.count)
        case .group, .conference: .members
        }
    }
}
