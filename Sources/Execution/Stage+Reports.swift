import Actors
import Conformance
import Network

// What clients report, and what it means for the scene.
extension Stage {
    /// The number of remarks from which on oddities tell nothing new.
    private static let tellingRemarks = 40

    mutating func hear(_ report: ClientReport, from party: PartyName) {
        func named(_ name: String) -> String { sessions.scenarioName(of: name, at: party) }
        switch report {
        case .loggedIn: waiting.reach(.loggedIn(party))
        case .loggedOut:
            absent.insert(party)
            waiting.reach(.loggedOut(party))
        case .logInFailed(let reason): fail(.loggedIn(party), because: "\(party) could not log in: \(reason)")
        case .settingsPublished: waiting.reach(.published(party))
        case .settingsRefused(let reason) where waiting.awaited.contains(.loggedIn(party)):
            remark("\(party) logs in all the same, but its settings were refused: \(reason).")
        case .settingsRefused(let reason):
            fail(.published(party), because: "the settings of \(party) were refused: \(reason)")
        case .groupCreated(let uri): waiting.reach(.created(party, group: groupName(of: uri)))
        case .groupRefused(let uri, let reason):
            let group = groupName(of: uri)
            fail(.created(party, group: group), because: "the group “\(group)” was not stored: \(reason)")

        case .invited, .established, .declined, .ended, .participants, .unsubscribed, .referred, .recording,
            .recordingEnded, .recordingFailed:
            hear(ofSession: report, from: party)

        case .sent(let text, let name): waiting.reach(.sent(party, text: text, session: named(name)))
        case .sendFailed(let text, let name, let reason):
            fail(.sent(party, text: text, session: named(name)), because: lost("“\(text)”", party, reason))
        case .attempted(let text, let name, _): waiting.reach(.attempted(party, text: text, session: named(name)))
        case .received(let text, _, _): waiting.reach(.received(party, text: text))
        case .announced(let text, _): hear(announcement: text, to: party)
        case .paged(let text, _): waiting.reach(.paged(party, text: text))
        case .pageFailed(let text, let reason):
            fail(.paged(party, text: text), because: lost("“\(text)”", party, reason))

        case .deliveryReported(let text, _, _): waiting.reach(.reported(party, text: text))
        case .composing: break
        case .contentSent(let name): waiting.reach(.contentSent(party, name: name))
        case .contentFailed(let name, let reason):
            fail(.contentSent(party, name: name), because: lost(name, party, reason))
        case .contentReceived(let name, let bytes, _):
            if let name = name ?? contents.first(where: { $0.bytes == bytes })?.name {
                waiting.reach(.contentReceived(party, name: name))
            }
        case .filesOffered(_, let name): waiting.reach(.filesOffered(party, session: named(name)))
        case .filesRefused(let names, let name):
            waiting.reach(.filesRefused(party, session: named(name)))
            for file in names {
                _ = waiting.fail(.contentSent(party, name: file), reason: lost(file, party, "it was refused"))
            }

        case .purged, .purgeFailed, .listed, .listFailed, .retrieved, .retrievalFailed, .deleted, .deletionFailed:
            hear(ofStore: report, from: party)

        case .answered(let method, _): waiting.reach(.answered(party, method: method))
        case .unreachable(let reason): lose(reason)
        // Whatever a server did before: whom it does not let in, it owes nothing.
        case .refused(let reason):
            switch outcome {
            case .unreachable, .forsaken: break
            case .completed, .stalled, nil: outcome = .unreachable(reason: reason)
            }
        case .protocolTrouble(let text):
            if remarks.count < Self.tellingRemarks { remark("\(party) met with something odd: \(text).") }
        case .ringing: break
        }
    }

    private mutating func hear(ofSession report: ClientReport, from party: PartyName) {
        func named(_ name: String) -> String { sessions.scenarioName(of: name, at: party) }
        switch report {
        case .invited(let inviter, let name):
            sessions.bind(name, of: party, invitedBy: cast.party(withIMAddress: inviter)?.name)
            waiting.reach(.invited(party, session: named(name)))
        case .established(let name):
            waiting.reach(.settled(party, session: named(name)))
            waiting.reach(.established(party, session: named(name)))
        case .declined(let name, let status):
            close(named(name), at: party)
            waiting.reach(.settled(party, session: named(name)))
            // A conference into which its originator does not come is none for anybody else.
            let isNone = !sessions.isConference(named(name)) || sessions.originator(of: named(name)) == party
            waiting.end(
                .declined(party, session: named(name)), everywhere: isNone,
                reason: "the invitation of \(party) was answered \(status)")
            waiting.reach(.ended(party, session: named(name)))
            waiting.reach(.dismissed(party, session: named(name)))
        // What has become a conference is not over.
        case .ended(let name, _) where sessions.localName(of: named(name), at: party) != name: break
        case .ended(let name, let reason):
            close(named(name), at: party)
            waiting.reach(.dismissed(party, session: named(name)))
            waiting.reach(.settled(party, session: named(name)))
            waiting.end(
                .ended(party, session: named(name)), everywhere: !sessions.isConference(named(name)),
                reason: "the session ended at \(party): \(reason)")
        case .participants(let count, let name, let knowsItself):
            attendance[Attendance(party: party, session: named(name))] = knowsItself ? .seen(count) : .unknown
        case .unsubscribed(let name, let reason):
            attendance[Attendance(party: party, session: named(name))] = .unobservable
            remark("\(party) does without the conference state: \(reason).")
        case .referred(let name, let status) where (200...299).contains(status):
            waiting.reach(.referred(party, session: named(name)))
        case .referred(let name, let status):
            fail(.referred(party, session: named(name)), because: "the REFER of \(party) was answered \(status)")
        case .recording(let name): waiting.reach(.recording(party, session: named(name)))
        case .recordingEnded(let name): waiting.reach(.recordingEnded(party, session: named(name)))
        case .recordingFailed(let name, let reason):
            fail(.recording(party, session: named(name)), because: "the session was not recorded: \(reason)")
            fail(.recordingEnded(party, session: named(name)), because: "the recording did not end: \(reason)")
        default: preconditionFailure("Only reports of sessions come here")
        }
        for milestone in waiting.awaited where isAssembled(milestone) { waiting.reach(milestone) }
    }

    /// A system message has come, which names its text or only where that is to be had.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.4 (3)
    private mutating func hear(announcement text: String, to party: PartyName) {
        waiting.reach(.received(party, text: text))
        guard text.hasPrefix("http") else { return }
        for step in scene?.steps ?? [] where step.party == party {
            if case .announce(let text) = step.action { waiting.reach(.received(party, text: text)) }
        }
    }

    private mutating func hear(ofStore report: ClientReport, from party: PartyName) {
        switch report {
        case .purged(let store): waiting.reach(.purged(party, store))
        case .purgeFailed(let store, let reason):
            fail(.purged(party, store), because: "the \(store.words) of \(party) were not deleted: \(reason)")
        case .listed(let store, _): waiting.reach(.listed(party, store))
        case .listFailed(let store, let reason):
            fail(.listed(party, store), because: "\(party) got no list of its \(store.words): \(reason)")
        case .retrieved(let store): waiting.reach(.retrieved(party, store))
        case .retrievalFailed(let store, let reason):
            fail(.retrieved(party, store), because: "\(party) got none of its \(store.words): \(reason)")
        case .deleted(let store): waiting.reach(.deleted(party, store))
        case .deletionFailed(let store, let reason):
            fail(.deleted(party, store), because: "the \(store.words) of \(party) were not deleted: \(reason)")
        default: preconditionFailure("Only reports of stores come here")
        }
    }

    /// Whether the conference state at a client shows everybody who should be there, where it shows anything.
    func isAssembled(_ milestone: Milestone) -> Bool {
        guard case .assembled(let party, let session) = milestone else { return false }
        switch attendance[Attendance(party: party, session: session)] {
        case .unobservable: return true
        case .seen(let count): return count == sessions.present(in: session).count
        case .unknown, nil: return false
        }
    }

    /// A session is over at a client, which nobody waits for there any more.
    private mutating func close(_ session: String, at party: PartyName) {
        sessions.leave(session, party)
        attendance[Attendance(party: party, session: session)] = nil
        if waiting.awaited.contains(.assembled(party, session: session)) {
            waiting.reach(.assembled(party, session: session))
        }
    }

    private func groupName(of uri: String) -> String { cast.groups.first { $0.value == uri }?.key ?? uri }

    private func lost(_ what: String, _ party: PartyName, _ reason: String) -> String {
        "\(what) of \(party) was not delivered: \(reason)"
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
