import Actors
import Bytes
import Conformance
import Dissection
import Network

// The course of the agenda: one scene after the other, whatever comes of each, and an orderly end.
extension Stage {
    /// Hears what clients report, and goes on for as long as there is nothing to wait for.
    mutating func proceed(at time: Instant) -> [Effect] {
        var effects: [Effect] = []
        while true {
            while let (party, report) = nextReport() { hear(report, from: party) }
            lookForAwaitedMessages()
            if let reason = waiting.failure { giveUp(reason: reason) }
            switch outcome {
            case .unreachable, .forsaken: return effects + finish(at: time)
            case .completed, .stalled, nil: break
            }
            if hasHadItsTime { goOnWithoutTheRest() }
            if hasHadItsTime, waiting.isDispensable {
                // Where somebody took his time, the rest gets its own.
                if let again = rearm() { return effects + again }
                doWithoutConferenceState()
                remark("Step \(recorder.step ?? "") went on without \(waiting.words).")
                waiting.drop()
            }
            guard waiting.isOver else { return effects }
            switch closing {
            case .notYet:
                effects += [.cancel(.step), .cancel(.assembly)] + withdrawPrompts()
                if let next = agenda.next() {
                    effects += begin(next, at: time)
                } else {
                    effects += logOutEverybody(at: time)
                }
            case .loggingOut:
                effects += [.cancel(.step)] + (isSettled() ? probe(at: time) : settle(at: time))
            case .probing:
                return effects + [.cancel(.step)] + listen(at: time)
            case .settling, .listening, .done:
                return effects
            }
        }
    }

    /// Ends the performance where it is.
    mutating func stop(because reason: String, at time: Instant) -> [Effect] {
        let wait = waiting.words.isEmpty ? "" : " while waiting for \(waiting.words)"
        remark("The performance was stopped\(wait): \(reason).")
        outcome = outcome ?? .stalled(step: recorder.step ?? "", reason: "it was stopped: \(reason)")
        return finish(at: time)
    }

    /// Whether so much was seen that the trace has no room for more.
    var isFlooded: Bool { recorder.trace.entries.count > patience.entries }

    mutating func stopFlood(at time: Instant) -> [Effect] {
        stop(because: "more was seen than the \(patience.entries) entries of a trace", at: time)
    }

    mutating func finish(at time: Instant) -> [Effect] {
        closing = .done
        outcome = outcome ?? .completed
        recorder.end(at: time)
        return [.cancel(.step), .cancel(.assembly), .cancel(.quiet)] + withdrawPrompts() + [.finished]
    }

    /// Says once what people should know.
    mutating func remark(_ text: String) {
        if !remarks.contains(text) { remarks.append(text) }
    }

    /// Lets everybody in the scene begin before anybody is heard.
    private mutating func begin(_ next: Agenda.Scene, at time: Instant) -> [Effect] {
        let altering = scene?.steps.filter { !$0.mutations.isEmpty }.map(\.party) ?? []
        scene = next
        provisions = [:]
        recorder.step = next.label
        for step in next.steps { prepare(step) }
        waiting.begin(next.steps.flatMap(milestones))
        for step in next.steps { conclude(step) }
        for milestone in waiting.awaited where isAssembled(milestone) { waiting.reach(milestone) }
        reachWhatIsThere(in: next)
        lookedAt = 0
        hasHadItsTime = false
        hasRearmed = false
        var effects: [Effect] = [.arm(.step, after: patience(for: next))]
        if waiting.awaited.contains(where: \.isDispensable) {
            effects.append(.arm(.assembly, after: min(Patience.assembly, patience.step)))
        }
        // What a step alters on purpose it alters for as long as it lasts; a client's next action ends it too.
        for party in altering { effects += perform(.wait, by: party, at: time) }
        for step in next.steps {
            effects.append(.step(step))
            if realClients[step.party] != nil {
                effects += ask(for: step, in: next.phase, at: time)
                continue
            }
            if let group = unnamedGroup(of: step) {
                miss(step, because: "the description of the system does not name “\(group)” under “groups”")
                continue
            }
            if let request = provision(for: step) {
                effects += ask(for: request, of: step)
                continue
            }
            effects += perform(clientAction(of: step), mutations: step.mutations, by: step.party, at: time)
            if let request = operatorRequest(of: step) { effects.append(.operate(request)) }
        }
        if !provisions.isEmpty { effects.append(.arm(.step, after: patience(for: next))) }
        return effects
    }

    /// Reaches the milestones of those `await` steps whose message the trace has by now.
    private mutating func lookForAwaitedMessages() {
        let selectors = waiting.selectors
        guard selectors.contains(where: mayHaveCome) else { return }
        lookedAt = recorder.trace.entries.count
        let dissection = Dissection(of: recorder.trace)
        for selector in selectors where !dissection.messages(matching: selector).isEmpty {
            waiting.reach(.saw(selector))
        }
    }

    /// Whether what has been seen since the last look can hold such a message; to take the trace apart costs time.
    private func mayHaveCome(_ selector: MessageSelector) -> Bool {
        let method =
            switch selector.start {
            case .request(let method), .response(_, to: let method): Array(method.utf8)
            }
        return recorder.trace.entries[lookedAt...].contains { entry in
            switch entry.content {
            case .datagram(let bytes): bytes.contains(run: method)
            case .stream: true
            case .opened, .gap, .closed: false
            }
        }
    }

    /// Ends a scene that comes to nothing: what is left of the case is then only to clean up.
    private mutating func giveUp(reason: String) {
        waiting.drop()
        switch outcome {
        case .unreachable, .forsaken: return
        case .completed, .stalled, nil: break
        }
        // Where the operator has not done its part, nothing need have been sent.
        let isForgone = undone != nil
        noteUndone(because: reason)
        guard recorder.hasReceived || isForgone else {
            let addresses = cast[.server]?.addresses.map(\.description).joined(separator: ", ") ?? ""
            outcome = outcome ?? .unreachable(reason: "nothing at all has come from \(addresses)")
            return
        }
        let phase = scene?.phase
        if closing != .notYet || phase == .postamble {
            remark("The clean-up is incomplete: \(reason).")
        } else {
            outcome = .stalled(step: recorder.step ?? "", reason: reason)
            let name = phase == .preamble ? "The preamble" : "Step \(recorder.step ?? "")"
            remark("\(name) did not complete: \(reason).")
            agenda.skipToPostamble()
        }
    }

    /// The farewell of every client that is still there.
    private mutating func logOutEverybody(at time: Instant) -> [Effect] {
        closing = .loggingOut
        recorder.step = "postamble"
        let present = parties.filter { !absent.contains($0) }
        guard !present.isEmpty else { return [] }
        waiting.begin(present.map(Milestone.loggedOut))
        var effects: [Effect] = [.arm(.step, after: patience.step)]
        for party in present { effects += perform(.logOut, by: party, at: time) }
        return effects
    }

    /// A question of every client to which any answer will do: it is the fence behind all that came before it, also
    /// behind what the farewells of others have brought about.
    private mutating func probe(at time: Instant) -> [Effect] {
        closing = .probing
        let answerable = visitors.filter { absent.contains($0.key) }.sorted { $0.key < $1.key }
        guard !answerable.isEmpty else { return [] }
        waiting.begin(answerable.map { .answered($0.key, method: "OPTIONS") })
        var effects: [Effect] = [.arm(.step, after: patience.step)]
        for (party, registrar) in answerable {
            let question = ComposedRequest(method: "OPTIONS", target: party)
            effects += perform(.compose(question, to: registrar), by: party, at: time)
        }
        return effects
    }

    private mutating func listen(at time: Instant) -> [Effect] {
        guard isSettled() else { return settle(at: time) }
        closing = .listening
        // Where a real client has not done its part, nothing passes for what does not come.
        if undone != nil { return finish(at: time) }
        // A real client is not asked anything at the end, so that time has to pass.
        let isFenced = realClients.isEmpty && recorder.trace.datagramsKeepOrder
        if isFenced, settlement.endsInFences(of: recorder.trace) { return finish(at: time) }
        // What was on its way when everybody had been asked may have come since then.
        return [.arm(.quiet, after: patience.quiet + (realClients.isEmpty ? .zero : .milliseconds(500)))]
    }

    /// Waits for the answers that can still come, and for no longer than they take.
    private mutating func settle(at time: Instant) -> [Effect] {
        let end = settlesUntil ?? time + max(patience.quiet, patience.unanswered)
        settlesUntil = end
        // The last question may have taken longer than that.
        guard time < end else { return finish(at: time) }
        closing = .settling(seen: recorder.trace.entries.count)
        return [.arm(.quiet, after: min(Patience.look, end - time))]
    }

    mutating func lookAgain(seen: Int, at time: Instant) -> [Effect] {
        if time >= settlesUntil ?? time { return finish(at: time) }
        // What everybody was asked before the last answer came is no fence behind what that answer is about.
        guard recorder.trace.entries.count > seen, isSettled() else { return settle(at: time) }
        return probe(at: time) + proceed(at: time)
    }
}
