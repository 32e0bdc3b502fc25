import SIPDialogs
import SIPSyntax

// What the user does with the session itself, and what its conference tells.
extension OngoingSession {
    /// Does what the user wants.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.6, §7.1.1.7, §7.1.1.12, §7.1.1.14, §13.1.1 and §13.1.2
    mutating func perform(_ action: ClientAction) -> [ProcedureEffect] {
        switch (action, conference) {
        case (.leave, _):
            return leave("left")
        case (.add(let users, _), let conference?), (.extend(_, with: let users, _), let conference?):
            return refer(.membership, to: conference.identity, users.count == 1 ? .one(users[0]) : .many(users))
        case (.expel(let user, _), let conference?):
            return refer(.membership, to: conference.identity, .one(SIPURI.adding("method", "BYE", to: user)))
        case (.extend(_, let users, let name), nil):
            let users = [replacement] + users
            return [.invite(list(users), alias: alias, session: name, purpose: .session)]
        case (.record(_, let name), let conference?):
            let uri = recorder(named: name)
            return refer(.recording, to: uri, .one(SIPURI.adding("method", "INVITE", to: conference.identity)))
        case (.record(_, let name), nil):
            let users = [replacement, recorder(named: name)]
            return [.invite(list(users), alias: alias, session: media.session, purpose: .recording)]
        case (.stopRecording, let conference?):
            let target = SIPURI.adding("method", "BYE", to: conference.identity)
            return refer(.recordingEnd, to: profile.services.conversationHistory, .one(target))
        case (.add, nil), (.expel, nil), (.stopRecording, nil):
            return [.report(.protocolTrouble("“\(media.session)” is no conference"))]
        default:
            return media.perform(action)
        }
    }

    /// Takes what the procedures around the session tell.
    mutating func learn(_ news: SessionNews) -> [ProcedureEffect] {
        switch news {
        case .roster(let roster): self.roster = roster
        case .superseded: isSuperseded = true
        case .unobservable, .left, .released: break
        }
        return media.learn(news)
    }

    /// Subscribes to the state of the conference.
    ///
    /// §7.1.1.1
    mutating func subscribe() -> [ProcedureEffect] {
        guard let conference else { return [] }
        return [
            .accompany(
                ConferenceSubscription(
                    to: conference, session: media.session, profile: profile, fields: fields,
                    identifiers: &identifiers), session: media.session)
        ]
    }

    /// What is remembered of the session after its end.
    var departed: DepartedSession {
        DepartedSession(
            name: media.session, conference: conference, alias: alias,
            others: roster?.others(than: fields.sender.uri) ?? [], conversation: media.conversation)
    }

    /// The peer as the entry of a list, whose session with this side is to be replaced.
    private var replacement: String {
        let replaces = Replaces(
            callID: dialog.id.callID, toTag: dialog.id.remoteTag, fromTag: dialog.id.localTag)
        return SIPURI.adding(replaces, to: dialog.remoteURI)
    }

    private func list(_ users: [String]) -> Invitation {
        .list(users, factory: profile.services.conferenceFactory)
    }

    /// The history function, told what to call the recording.
    ///
    /// §13.1.1 (3)
    private func recorder(named name: String) -> String {
        SIPURI.adding("historyfilename", SIPURI.parameterValue(name), to: profile.services.conversationHistory)
    }

    private mutating func refer(
        _ purpose: Referral.Purpose, to uri: String, _ target: Referral.Target
    ) -> [ProcedureEffect] {
        [
            .start(
                Referral(
                    purpose, session: media.session, to: uri, referringTo: target, profile: profile, fields: fields,
                    identifiers: &identifiers))
        ]
    }
}
