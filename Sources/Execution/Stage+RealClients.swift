import Actors
package import Conformance
package import Network

// Real clients: what they are asked for, and what the wire shows of them.
extension Stage {
    /// Takes what the other end of a real client has sent or received.
    package mutating func witness(_ entry: TraceEntry, at time: Instant) -> [Effect] {
        guard closing != .done else { return [] }
        recorder.add(entry)
        if isFlooded { return stopFlood(at: time) }
        observe(entry)
        let effects = proceed(at: time)
        guard closing == .notYet, waiting.awaited.contains(where: hasBegun), let again = rearm() else { return effects }
        return effects + again
    }

    /// Takes what was seen of the real clients before the test case began, on which it rests.
    package mutating func recall(_ entries: [TraceEntry]) {
        for entry in entries {
            recorder.add(entry)
            observe(entry)
        }
    }

    /// Hears what whoever works the real clients says.
    package mutating func hear(_ reply: Reply, at time: Instant) -> [Effect] {
        guard closing != .done else { return [] }
        switch reply {
        case .gone(let reason): outcome = .forsaken(reason: reason)
        case .cannot(let id, let reason): refuse(id, because: reason)
        case .answer(let id, let isSo):
            guard let prompt = prompts.first(where: { $0.id == id && $0.kind == .question }),
                case .nothing(let what) = prompt.step.action
            else { return [] }
            let party = prompt.step.party
            remark("Asked whether \(party) \(what), the person at \(party) said \(isSo ? "yes" : "no").")
            waiting.reach(.witnessed(party, what: what))
        }
        return proceed(at: time)
    }

    /// What is asked of whoever works the client, or done for its user.
    mutating func ask(for step: Step, in phase: Agenda.Phase, at time: Instant) -> [Effect] {
        let action = clientAction(of: step) { $0 }
        switch step.action {
        case .logIn(let wanted), .changeSettings(let wanted): settings[step.party] = wanted
        default: break
        }
        realClients[step.party]?.expect(action)
        if let request = operatorRequest(of: step) { return [.operate(request)] }
        let awaited = milestones(of: step).filter { waiting.awaited.contains($0) && $0.party == step.party }
        switch step.action {
        case .purge(let store):
            waiting.reach(.purged(step.party, store))
            let kept: OperatorRequest.Store =
                switch store {
                case .deferred: .deferredMessages
                case .history: .conversations
                }
            return [.operate(.empty(kept, of: cast[step.party]?.imAddress ?? ""))]
        case .create:
            return stewards[step.party].map { perform(action, by: $0, at: time) } ?? []
        case .logIn where awaited.isEmpty, .logOut where phase == .postamble, .receive, .await:
            return []
        // The session is there already where a client accepts by itself.
        case .accept where !milestones(of: step).contains(where: waiting.awaited.contains): return []
        case .nothing where !isQuestion(step): return []
        default: return prompt(step, action)
        }
    }

    /// Reaches what a real client has come to already, and what is not asked of it.
    mutating func reachWhatIsThere(in scene: Agenda.Scene) {
        for step in scene.steps {
            guard let client = realClients[step.party] else { continue }
            switch step.action {
            case .logIn(let wanted) where client.isRegistered && wanted == settings[step.party] ?? .open:
                waiting.reach(.loggedIn(step.party))
            case .logOut where scene.phase == .postamble: waiting.reach(.loggedOut(step.party))
            default: break
            }
        }
    }

    /// Whether the step is something on a screen of which nothing else tells.
    func isQuestion(_ step: Step) -> Bool {
        guard case .nothing = step.action, realClients[step.party] != nil else { return false }
        return step.uncheckedBecause != nil
    }

    /// People take their time.
    func patience(for scene: Agenda.Scene) -> Duration {
        let isReal = scene.steps.contains { realClients[$0.party] != nil }
        let usual = isReal ? max(patience.user, patience.step) : patience.step
        // Whoever is asked for something first has as long, and a moment to say that it did not do.
        return provisions.isEmpty ? usual : usual + patience.step + .seconds(2)
    }

    /// Goes on where a real client has done its part and does not go on to show what ours would show.
    ///
    /// What that is worth is for the verdict to say.
    mutating func goOnWithoutTheRest() {
        for milestone in waiting.awaited where hasBegun(milestone) {
            remark("Step \(recorder.step ?? "") went on without \(milestone.words).")
            waiting.reach(milestone)
        }
    }

    /// Gives once what is left of a scene of real clients its time, from when only that is left.
    mutating func rearm() -> [Effect]? {
        guard !hasRearmed, scene?.steps.contains(where: { realClients[$0.party] != nil }) == true else { return nil }
        hasRearmed = true
        hasHadItsTime = false
        return [.arm(.assembly, after: min(Patience.assembly, patience.step))]
    }

    /// Whether a real client has shown the beginning of what is awaited.
    private func hasBegun(_ milestone: Milestone) -> Bool {
        guard let client = realClients[milestone.party] else { return false }
        switch milestone {
        case .loggedIn: return client.isRegistered
        case .attempted: return client.hasTried
        case .deleted: return client.hasDeleted
        default: return false
        }
    }

    /// A real client that has not asked for the conference state by now will not be waited for again.
    mutating func doWithoutConferenceState() {
        for case .assembled(let party, let session) in waiting.awaited where realClients[party] != nil {
            attendance[Attendance(party: party, session: session)] = .unobservable
        }
    }

    /// A question that nobody has answered holds nothing up.
    mutating func leaveQuestionsOpen() {
        for case .witnessed(let party, let what) in waiting.awaited {
            remark("Asked whether \(party) \(what), nobody has answered.")
            waiting.reach(.witnessed(party, what: what))
        }
    }

    /// Says which step of a real client a scene has come to nothing by.
    mutating func noteUndone(because reason: String) {
        guard undone == nil, closing == .notYet, scene?.phase != .postamble,
            let step = prompts.first(where: { $0.kind == .step })?.step
        else { return }
        undone = "\(step.party) did not do its part of step \(step.label) (\(step.action.words)): \(reason)."
    }

    mutating func withdrawPrompts() -> [Effect] {
        defer { prompts = [] }
        return prompts.map { .withdraw($0.id) }
    }

    private mutating func observe(_ entry: TraceEntry) {
        for party in realClients.keys.sorted() {
            for report in realClients[party]?.observe(entry) ?? [] { note(report, of: party) }
        }
    }

    private mutating func refuse(_ id: Int, because reason: String) {
        guard let prompt = prompts.first(where: { $0.id == id }) else { return }
        let step = prompt.step
        if case .attempt(let text, let session) = step.action {
            remark("\(step.party) cannot even try to send “\(text)”: \(reason).")
            return waiting.reach(.attempted(step.party, text: text, session: session))
        }
        if case .nothing(let what) = step.action { return waiting.reach(.witnessed(step.party, what: what)) }
        waiting.fail("it is not possible: \(reason)")
    }

    private mutating func prompt(_ step: Step, _ action: ClientAction) -> [Effect] {
        numberOfPrompts += 1
        let sentence = step.instruction(in: cast) { [sessions] session in
            sessions.present(in: session).filter { $0 != step.party }
        }
        let prompt = Prompt(
            id: numberOfPrompts, kind: isQuestion(step) ? .question : .step,
            testCase: recorder.trace.testCaseID ?? "", step: step, action: action, sentence: sentence)
        prompts.append(prompt)
        return [.prompt(prompt)]
    }
}
