import Conformance

/// Something a simulated client has come to, which a step can wait for.
///
/// Milestones move the agenda on and decide nothing: the verdict comes from the trace.
enum Milestone: Hashable, Sendable {
    case loggedIn(PartyName)
    case loggedOut(PartyName)
    case invited(PartyName, session: String)
    case established(PartyName, session: String)
    case declined(PartyName, session: String)
    case ended(PartyName, session: String)
    case sent(PartyName, text: String, session: String)
    /// A text has arrived, by whatever way: which way is right is for the verdict to say.
    case received(PartyName, text: String)
    case paged(PartyName, text: String)
    case answered(PartyName, method: String)
    case saw(MessageSelector)

    var party: PartyName {
        switch self {
        case .loggedIn(let party), .loggedOut(let party), .invited(let party, _), .established(let party, _),
            .declined(let party, _), .ended(let party, _), .sent(let party, _, _), .received(let party, _),
            .paged(let party, _), .answered(let party, _):
            party
        case .saw(let selector): selector.at
        }
    }

    /// The session in which it comes about, by its name in the scenario.
    var session: String? {
        switch self {
        case .invited(_, let session), .established(_, let session), .declined(_, let session),
            .ended(_, let session), .sent(_, _, let session):
            session
        case .loggedIn, .loggedOut, .received, .paged, .answered, .saw: nil
        }
    }

    /// Whether it comes about once in a session and then holds.
    var isUnique: Bool {
        switch self {
        case .invited, .established, .declined, .ended: true
        case .loggedIn, .loggedOut, .sent, .received, .paged, .answered, .saw: false
        }
    }

    /// Whether the session is over at the party.
    var endsSession: Bool {
        switch self {
        case .declined, .ended: true
        case .loggedIn, .loggedOut, .invited, .established, .sent, .received, .paged, .answered, .saw: false
        }
    }

    /// Whether this can come about no more after that end of a session: at this party, or at any.
    func isPrevented(by end: Milestone, at party: PartyName?) -> Bool {
        !endsSession && session != nil && session == end.session && (party == nil || party == self.party)
    }

    /// What has not happened, in words that follow “waiting for”.
    var words: String {
        switch self {
        case .loggedIn(let party): "\(party) to be registered and its settings to be accepted"
        case .loggedOut(let party): "\(party) to be deregistered"
        case .invited(let party, _): "\(party) to be invited"
        case .established(let party, _): "the session to be established at \(party)"
        case .declined(let party, _): "\(party) to hear that the invitation is refused"
        case .ended(let party, _): "the session to end at \(party)"
        case .sent(let party, let text, _): "“\(text)” of \(party) to be answered with success"
        case .received(let party, let text): "\(party) to receive “\(text)”"
        case .paged(let party, let text): "“\(text)” of \(party) to be answered"
        case .answered(let party, let method): "the \(method) of \(party) to be answered"
        case .saw(let selector): selector.words
        }
    }
}
