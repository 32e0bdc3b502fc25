import Conformance

/// Something a simulated client has come to, which a step can wait for.
///
/// Milestones move the agenda on and decide nothing: the verdict comes from the trace.
enum Milestone: Hashable, Sendable {
    case loggedIn(PartyName)
    case loggedOut(PartyName)
    case published(PartyName)
    case created(PartyName, group: String)
    case purged(PartyName, MessageStore)

    case invited(PartyName, session: String)
    case established(PartyName, session: String)
    case declined(PartyName, session: String)
    /// Admitted to the session, or turned away.
    case settled(PartyName, session: String)
    /// The conference state at this client shows everybody who should be there.
    case assembled(PartyName, session: String)
    case referred(PartyName, session: String)
    case ended(PartyName, session: String)
    /// The session has ended at a client that another one has brought that about for.
    case dismissed(PartyName, session: String)
    case sent(PartyName, text: String, session: String)
    /// The report about a text has come that its sender asks for.
    case reported(PartyName, text: String)
    case attempted(PartyName, text: String, session: String)
    /// A text has arrived, by whatever way: which way is right is for the verdict to say.
    case received(PartyName, text: String)
    case paged(PartyName, text: String)

    case contentSent(PartyName, name: String)
    case contentReceived(PartyName, name: String)
    case filesOffered(PartyName, session: String)
    case filesRefused(PartyName, session: String)

    case listed(PartyName, MessageStore)
    case retrieved(PartyName, MessageStore)
    case deleted(PartyName, MessageStore)
    case recording(PartyName, session: String)
    case recordingEnded(PartyName, session: String)

    case answered(PartyName, method: String)
    case saw(MessageSelector)
    /// Somebody has looked at what only a person sees of a real client.
    case witnessed(PartyName, what: String)

    var party: PartyName {
        switch self {
        case .loggedIn(let party), .loggedOut(let party), .published(let party), .created(let party, _),
            .purged(let party, _), .reported(let party, _),
            .invited(let party, _), .established(let party, _), .declined(let party, _), .settled(let party, _),
            .assembled(let party, _), .referred(let party, _), .ended(let party, _), .dismissed(let party, _),
            .sent(let party, _, _),
            .attempted(let party, _, _), .received(let party, _), .paged(let party, _), .contentSent(let party, _),
            .contentReceived(let party, _), .filesOffered(let party, _), .filesRefused(let party, _),
            .listed(let party, _), .retrieved(let party, _), .deleted(let party, _), .recording(let party, _),
            .recordingEnded(let party, _), .answered(let party, _), .witnessed(let party, _):
            party
        case .saw(let selector): selector.at
        }
    }

    /// The session in which it comes about, by its name in the scenario.
    var session: String? {
        switch self {
        case .invited(_, let session), .established(_, let session), .declined(_, let session),
            .settled(_, let session), .assembled(_, let session), .referred(_, let session), .ended(_, let session),
            .dismissed(_, let session),
            .sent(_, _, let session), .filesOffered(_, let session), .filesRefused(_, let session),
            .recording(_, let session), .recordingEnded(_, let session):
            session
        // An attempt is made because the session may be over.
        case .loggedIn, .loggedOut, .published, .created, .purged, .attempted, .reported, .received, .paged,
            .contentSent, .contentReceived,
            .listed, .retrieved, .deleted, .answered, .saw, .witnessed:
            nil
        }
    }

    /// Whether it comes about once in a session and then holds.
    var isUnique: Bool {
        switch self {
        case .invited, .established, .declined, .settled, .ended, .dismissed: true
        case .loggedIn, .loggedOut, .published, .created, .purged, .assembled, .referred, .sent, .attempted, .reported,
            .received, .paged,
            .contentSent, .contentReceived, .filesOffered, .filesRefused, .listed, .retrieved, .deleted, .recording,
            .recordingEnded, .answered, .saw, .witnessed:
            false
        }
    }

    /// Whether it is something that has arrived and stays.
    var isArrival: Bool {
        switch self {
        case .received, .contentReceived: true
        default: false
        }
    }

    /// Whether the play can go on without it, after a while.
    ///
    /// The conference state and reports only say what the messages show anyway, and who should be out of a session and
    /// is not shows that by what comes next.
    var isDispensable: Bool {
        switch self {
        case .assembled, .reported, .dismissed: true
        default: false
        }
    }

    /// Whether the session is over at the party.
    var endsSession: Bool {
        switch self {
        case .declined, .ended, .dismissed: true
        default: false
        }
    }

    /// Whether this can come about no more after that end of a session: at this party, or at any.
    func isPrevented(by end: Milestone, at party: PartyName?) -> Bool {
        guard session != nil, session == end.session, party == nil || party == self.party else { return false }
        return switch self {
        case .settled: false
        default: !endsSession
        }
    }

    /// What has not happened, in words that follow “waiting for”.
    var words: String {
        switch self {
        case .loggedIn(let party): "\(party) to be registered and its settings to be accepted"
        case .loggedOut(let party): "\(party) to be deregistered"
        case .published(let party): "the settings of \(party) to be accepted"
        case .created(let party, let group): "the group “\(group)” of \(party) to be stored"
        case .purged(let party, let store): "the \(store.words) of \(party) to be deleted"
        case .invited(let party, _): "\(party) to be invited"
        case .established(let party, _): "the session to be established at \(party)"
        case .declined(let party, _): "\(party) to hear that the invitation is refused"
        case .settled(let party, _): "\(party) to be admitted or turned away"
        case .assembled(let party, _): "the conference state at \(party) to show everybody"
        case .referred(let party, _): "the REFER of \(party) to be answered"
        case .ended(let party, _), .dismissed(let party, _): "the session to end at \(party)"
        case .sent(let party, let text, _): "“\(text)” of \(party) to be answered with success"
        case .reported(let party, let text): "the report about “\(text)” of \(party)"
        case .attempted(let party, let text, _): "“\(text)” of \(party) to arrive or fail"
        case .received(let party, let text): "\(party) to receive “\(text)”"
        case .paged(let party, let text): "“\(text)” of \(party) to be answered"
        case .contentSent(let party, let name): "\(name) of \(party) to be answered with success"
        case .contentReceived(let party, let name): "\(party) to receive \(name)"
        case .filesOffered(let party, _): "\(party) to be offered files"
        case .filesRefused(let party, _): "\(party) to hear that its files are refused"
        case .listed(let party, let store): "\(party) to read the list of its \(store.words)"
        case .retrieved(let party, let store): "the delivery of its \(store.words) to \(party) to end"
        case .deleted(let party, let store): "the \(store.words) of \(party) to be deleted"
        case .recording(let party, _): "\(party) to hear that the session is recorded"
        case .recordingEnded(let party, _): "\(party) to hear that the session is recorded no more"
        case .answered(let party, let method): "the \(method) of \(party) to be answered"
        case .saw(let selector): selector.words
        case .witnessed(let party, let what): "somebody to say whether \(party) \(what)"
        }
    }
}
