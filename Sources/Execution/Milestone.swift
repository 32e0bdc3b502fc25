import Conformance

/// Something a simulated client has come to, which a step can wait for.
///
/// Milestones move the agenda on and decide nothing: the verdict comes from the trace.
enum Milestone: Hashable, Sendable {
    case loggedIn(PartyName)
    case loggedOut(PartyName)
    case invited(PartyName)
    case established(PartyName, session: String)
    case declined(PartyName, session: String)
    case ended(PartyName, session: String)
    case sent(PartyName, text: String)
    case received(PartyName, text: String)
    case paged(PartyName, text: String)
    case answered(PartyName, method: String)
    case saw(MessageSelector)

    /// What has not happened, in words that follow “waiting for”.
    var words: String {
        switch self {
        case .loggedIn(let party): "\(party) to be registered and its settings to be accepted"
        case .loggedOut(let party): "\(party) to be deregistered"
        case .invited(let party): "\(party) to be invited"
        case .established(let party, _): "the session to be established at \(party)"
        case .declined(let party, _): "\(party) to hear that the invitation is refused"
        case .ended(let party, _): "the session to end at \(party)"
        case .sent(let party, let text): "“\(text)” of \(party) to be answered with success"
        case .received(let party, let text): "\(party) to receive “\(text)”"
        case .paged(let party, let text): "“\(text)” of \(party) to be answered"
        case .answered(let party, let method): "the \(method) of \(party) to be answered"
        case .saw(let selector): selector.words
        }
    }
}
