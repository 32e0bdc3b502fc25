import Actors
import Conformance
import Network

// What clients report, and what it means for the scene.
extension Stage {
    /// The number of remarks from which on oddities tell nothing new.
    private static let tellingRemarks = 40

    mutating func hear(_ report: ClientReport, from party: PartyName) {
        func scenarioName(_ name: String) -> String { sessions.scenarioName(of: name, at: party) }
        switch report {
        case .loggedIn: waiting.reach(.loggedIn(party))
        case .loggedOut:
            absent.insert(party)
            waiting.reach(.loggedOut(party))
        case .invited(let inviter, let name):
            sessions.bind(name, of: party, invitedBy: cast.party(withIMAddress: inviter)?.name)
            waiting.reach(.invited(party, session: scenarioName(name)))
        case .established(let name): waiting.reach(.established(party, session: scenarioName(name)))
        case .declined(let name, let status):
            waiting.end(
                .declined(party, session: scenarioName(name)),
                reason: "the invitation of \(party) was answered \(status)")
            waiting.reach(.ended(party, session: scenarioName(name)))
        case .ended(let name, let reason):
            waiting.end(
                .ended(party, session: scenarioName(name)), reason: "the session ended at \(party): \(reason)")
        case .sent(let text, let name): waiting.reach(.sent(party, text: text, session: scenarioName(name)))
        case .received(let text, _, _): waiting.reach(.received(party, text: text))
        case .paged(let text, _): waiting.reach(.paged(party, text: text))
        case .answered(let method, _): waiting.reach(.answered(party, method: method))
        case .logInFailed(let reason):
            fail(.loggedIn(party), because: "\(party) could not log in: \(reason)")
        case .sendFailed(let text, let name, let reason):
            fail(
                .sent(party, text: text, session: scenarioName(name)),
                because: "“\(text)” of \(party) was not delivered: \(reason)")
        case .pageFailed(let text, let reason):
            fail(.paged(party, text: text), because: "“\(text)” of \(party) was not delivered: \(reason)")
        case .unreachable(let reason): lose(reason)
        case .protocolTrouble(let text):
            if remarks.count < Self.tellingRemarks { remark("\(party) met with something odd: \(text).") }
        case .ringing: break
        }
    }

    /// Gives the scene up if that is what it waits for; what fails at another time is only worth a remark.
    private mutating func fail(_ milestone: Milestone, because reason: String) {
        if !waiting.fail(milestone, reason: reason) { remark("Later on, \(reason).") }
    }

    /// Tells a server that is not there from one that has gone: what a server did before it went is judged.
    private mutating func lose(_ reason: String) {
        if recorder.hasReceived {
            waiting.fail("the server cannot be reached any more: \(reason)")
        } else {
            outcome = .unreachable(reason: reason)
        }
    }
}
