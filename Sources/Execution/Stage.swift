package import Actors
import Bytes
package import Conformance
import Dissection
package import Network

/// The simulated clients of one test case, what they are to do, and the trace of what they saw.
///
/// A value without sockets or clocks: both drivers feed it the same events and carry out its effects.
package struct Stage: Sendable {
    /// How the performance ended.
    package enum Outcome: Sendable, Equatable {
        case completed
        /// A step did not come to its end; what was seen until then is judged.
        case stalled(step: String, reason: String)
        /// The system under test could not be reached at all.
        case unreachable(reason: String)
    }

    /// How long to wait for what.
    package struct Patience: Sendable {
        /// How long a step may take until the stage gives up and goes on to the postamble.
        package var step: Duration
        /// How long to listen at the end where the paths of the clients do not keep their order.
        package var quiet: Duration
        /// How long to listen at the end, at most, where something has not been answered yet: a little over 64 × T1.
        ///
        /// RFC 3261 §17.1.2.2 Timer F
        package static let transaction = Duration.seconds(33)

        package init(step: Duration, quiet: Duration) {
            self.step = step
            self.quiet = quiet
        }
    }

    package enum Effect: Sendable {
        case node(PartyName, NodeEffect)
        case arm(StageTimer, after: Duration)
        case cancel(StageTimer)
        /// The step begins.
        case step(Step)
        case finished
    }

    package let testCase: TestCase
    package private(set) var outcome: Outcome?
    /// What people should know beside the trace.
    package private(set) var remarks: [String] = []
    private var clients: [PartyName: IMClient]
    private var recorder: TraceRecorder
    private var agenda: Agenda
    private var scene: Agenda.Scene?
    private var sceneNumber = 0
    private var awaited: Set<Milestone> = []
    private var sessions = SessionBook()
    /// The clients that have logged out, or never logged in.
    private var absent: Set<PartyName>
    private var closing: Closing = .notYet
    private let patience: Patience
    private let cast: Cast

    private enum Closing: Sendable {
        case notYet
        case loggingOut
        case listening
        case done
    }

    /// - Parameters:
    ///   - testCase: What is to be performed.
    ///   - casting: Who performs it.
    ///   - seed: The seed of every identifier that the clients make.
    ///   - defects: The ways in which a client is to be wrong on purpose.
    ///   - keepsOrder: Whether datagrams arrive in the order in which they were sent.
    ///   - patience: How long to wait for what.
    package init(
        _ testCase: TestCase, casting: Casting, seed: UInt64, defects: [PartyName: Set<ClientDefect>] = [:],
        keepsOrder: Bool, patience: Patience
    ) {
        var generator = SeededGenerator(seed: seed)
        self.testCase = testCase
        self.patience = patience
        cast = casting.cast
        clients = [:]
        for profile in casting.clients {
            clients[profile.party] = IMClient(
                profile: profile, seed: generator.next(), defects: defects[profile.party] ?? [])
        }
        absent = Set(clients.keys)
        agenda = Agenda(testCase)
        recorder = TraceRecorder(testCaseID: testCase.id, cast: casting.cast, datagramsKeepOrder: keepsOrder)
    }

    package var trace: Trace { recorder.trace }

    package var isFinished: Bool { closing == .done }

    package var parties: [PartyName] { clients.keys.sorted() }

    package func listeningPoints(of party: PartyName) -> [ListeningPoint] {
        clients[party]?.listeningPoints ?? []
    }

    package mutating func start(at time: Instant) -> [Effect] {
        var effects: [Effect] = []
        for party in parties { effects += handle(.start, for: party, at: time) }
        return effects + beginNextScene(at: time)
    }

    package mutating func handle(_ event: NodeEvent, for party: PartyName, at time: Instant) -> [Effect] {
        guard clients[party] != nil, closing != .done else { return [] }
        recorder.record(event, at: party, time: time)
        let effects = carryOut(clients[party]?.handle(event, at: time) ?? [], of: party, at: time)
        return effects + lookForAwaitedMessages(at: time)
    }

    package mutating func handle(_ timer: StageTimer, at time: Instant) -> [Effect] {
        switch (timer, closing) {
        case (.step, .notYet), (.step, .loggingOut):
            return giveUp(reason: "nothing more happened while waiting for \(awaitedInWords)", at: time)
        case (.quiet, .listening):
            return finish(at: time)
        case (.step, .listening), (.step, .done), (.quiet, .notYet), (.quiet, .loggingOut), (.quiet, .done):
            return []
        }
    }

    /// Ends the performance where it is.
    package mutating func stop(at time: Instant) -> [Effect] {
        guard closing != .done else { return [] }
        remarks.append("The performance was stopped while waiting for \(awaitedInWords).")
        outcome = outcome ?? .stalled(step: recorder.step ?? "", reason: "it was stopped")
        return finish(at: time)
    }

    private var awaitedInWords: String {
        awaited.map(\.words).sorted().joined(separator: " and ")
    }
}

/// A timer of the stage itself.
package enum StageTimer: String, Sendable {
    /// The scene has lasted too long.
    case step = "stage.step"
    /// The quiet window at the end is over.
    case quiet = "stage.quiet"
}

// What the clients do and report.
extension Stage {
    private mutating func carryOut(_ effects: [ClientEffect], of party: PartyName, at time: Instant) -> [Effect] {
        var result: [Effect] = []
        var reports: [ClientReport] = []
        for effect in effects {
            switch effect {
            case .network(let effect):
                recorder.record(effect, at: party, time: time)
                result.append(.node(party, effect))
            case .report(let report):
                reports.append(report)
            }
        }
        for report in reports { result += note(report, of: party, at: time) }
        return result
    }

    private mutating func note(_ report: ClientReport, of party: PartyName, at time: Instant) -> [Effect] {
        guard closing != .done else { return [] }
        switch report {
        case .loggedIn: return reach(.loggedIn(party), at: time)
        case .loggedOut:
            absent.insert(party)
            return reach(.loggedOut(party), at: time)
        case .invited(let inviter, let name):
            sessions.bind(name, of: party, invitedBy: cast.party(withIMAddress: inviter)?.name)
            return reach(.invited(party), at: time)
        case .established(let name): return reach(.established(party, session: scenarioName(name, party)), at: time)
        case .declined(let name, let status):
            let milestone = Milestone.declined(party, session: scenarioName(name, party))
            guard !awaited.contains(milestone), !awaited.isEmpty else { return reach(milestone, at: time) }
            return giveUp(reason: "the invitation of \(party) was answered \(status)", at: time)
        case .sent(let text, _): return reach(.sent(party, text: text), at: time)
        case .received(let text, _, _): return reach(.received(party, text: text), at: time)
        case .paged(let text, _): return reach(.paged(party, text: text), at: time)
        case .ended(let name, _): return reach(.ended(party, session: scenarioName(name, party)), at: time)
        case .answered(let method, _): return reach(.answered(party, method: method), at: time)
        case .logInFailed(let reason): return giveUp(reason: "\(party) could not log in: \(reason)", at: time)
        case .sendFailed(let text, _, let reason), .pageFailed(let text, let reason):
            return giveUp(reason: "“\(text)” of \(party) was not delivered: \(reason)", at: time)
        case .unreachable(let reason): return abandon(reason: reason, at: time)
        case .protocolTrouble(let text):
            remarks.append("\(party) met with something odd: \(text).")
            return []
        case .ringing:
            return []
        }
    }

    private func scenarioName(_ name: String, _ party: PartyName) -> String {
        sessions.scenarioName(of: name, at: party)
    }
}

// The course of the agenda.
extension Stage {
    private mutating func reach(_ milestone: Milestone, at time: Instant) -> [Effect] {
        guard awaited.remove(milestone) != nil, awaited.isEmpty else { return [] }
        return [.cancel(.step)] + (closing == .notYet ? beginNextScene(at: time) : listen(at: time))
    }

    private mutating func beginNextScene(at time: Instant) -> [Effect] {
        guard let next = agenda.next() else { return logOutEverybody(at: time) }
        scene = next
        recorder.step = next.label
        sceneNumber += 1
        let number = sceneNumber
        awaited = Set(next.steps.flatMap { milestones(of: $0) })
        var effects: [Effect] = [.arm(.step, after: patience.step)]
        for step in next.steps {
            effects.append(.step(step))
            let action = clientAction(of: step)
            let mutations = step.mutations
            effects += carryOut(
                clients[step.party]?.perform(action, mutations: mutations, at: time) ?? [], of: step.party, at: time)
        }
        effects += lookForAwaitedMessages(at: time)
        guard awaited.isEmpty, number == sceneNumber, closing == .notYet else { return effects }
        return effects + [.cancel(.step)] + beginNextScene(at: time)
    }

    /// Reaches the milestones of those `await` steps whose message the trace has by now.
    private mutating func lookForAwaitedMessages(at time: Instant) -> [Effect] {
        let selectors = awaited.compactMap { if case .saw(let selector) = $0 { selector } else { nil } }
        guard !selectors.isEmpty else { return [] }
        let dissection = Dissection(of: recorder.trace)
        var effects: [Effect] = []
        for selector in selectors where !dissection.messages(matching: selector).isEmpty {
            effects += reach(.saw(selector), at: time)
        }
        return effects
    }

    /// What the step waits for.
    private mutating func milestones(of step: Step) -> [Milestone] {
        let party = step.party
        switch step.action {
        case .logIn:
            absent.remove(party)
            return [.loggedIn(party)]
        case .logOut: return [.loggedOut(party)]
        case .invite(let invited, let session):
            sessions.open(session, by: party, with: [invited])
            return [.invited(invited)]
        case .accept(let session): return sessions.participants(in: session).map { .established($0, session: session) }
        case .decline(let session):
            return sessions.participants(in: session).filter { $0 != party }.map { .declined($0, session: session) }
        case .send(let text, let session):
            let others = sessions.participants(in: session).filter { $0 != party }
            return [.sent(party, text: text)] + others.map { .received($0, text: text) }
        case .leave(let session): return sessions.participants(in: session).map { .ended($0, session: session) }
        case .page(let text, let receiver): return [.paged(party, text: text), .received(receiver, text: text)]
        case .compose(let request): return [.answered(party, method: request.method)]
        case .await(let selector): return [.saw(selector)]
        }
    }

    private func clientAction(of step: Step) -> ClientAction {
        func imAddress(of party: PartyName) -> String { cast[party]?.imAddress ?? "" }
        switch step.action {
        case .logIn(let settings): return .logIn(settings)
        case .logOut: return .logOut
        case .invite(let invited, let session): return .invite(imAddress: imAddress(of: invited), session: session)
        case .accept(let session): return .accept(session: sessions.localName(of: session, at: step.party))
        case .decline(let session): return .decline(session: sessions.localName(of: session, at: step.party))
        case .send(let text, let session):
            return .send(text: text, session: sessions.localName(of: session, at: step.party))
        case .leave(let session): return .leave(session: sessions.localName(of: session, at: step.party))
        case .page(let text, let receiver): return .page(text: text, to: imAddress(of: receiver))
        case .compose(let request): return .compose(request, to: imAddress(of: request.target))
        case .await: return .wait
        }
    }

    private mutating func giveUp(reason: String, at time: Instant) -> [Effect] {
        guard recorder.hasReceived else {
            let addresses = cast[.server]?.addresses.map(\.description).joined(separator: ", ") ?? ""
            return abandon(reason: "nothing at all has come from \(addresses)", at: time)
        }
        let phase = scene?.phase
        let label = recorder.step ?? ""
        awaited = []
        if closing == .loggingOut || phase == .postamble {
            remarks.append("The clean-up is incomplete: \(reason).")
        } else if outcome == nil {
            outcome = .stalled(step: label, reason: reason)
            let name = phase == .preamble ? "The preamble" : "Step \(label)"
            remarks.append("\(name) did not complete: \(reason).")
        }
        if closing == .loggingOut { return [.cancel(.step)] + listen(at: time) }
        agenda.skipToPostamble()
        return [.cancel(.step)] + beginNextScene(at: time)
    }

    private mutating func abandon(reason: String, at time: Instant) -> [Effect] {
        outcome = .unreachable(reason: reason)
        awaited = []
        return [.cancel(.step)] + finish(at: time)
    }

    /// The last exchange of every client that is still there, which is also the fence behind everything before it.
    private mutating func logOutEverybody(at time: Instant) -> [Effect] {
        scene = nil
        closing = .loggingOut
        recorder.step = "postamble"
        let present = parties.filter { !absent.contains($0) }
        awaited = Set(present.map(Milestone.loggedOut))
        guard !awaited.isEmpty else { return listen(at: time) }
        var effects: [Effect] = [.arm(.step, after: patience.step)]
        for party in present {
            effects += carryOut(
                clients[party]?.perform(.logOut, mutations: [], at: time) ?? [], of: party, at: time)
        }
        return effects
    }

    private mutating func listen(at time: Instant) -> [Effect] {
        closing = .listening
        guard Dissection(of: recorder.trace).isSettled else {
            return [.arm(.quiet, after: max(patience.quiet, Patience.transaction))]
        }
        guard !recorder.trace.datagramsKeepOrder else { return finish(at: time) }
        return [.arm(.quiet, after: patience.quiet)]
    }

    private mutating func finish(at time: Instant) -> [Effect] {
        closing = .done
        outcome = outcome ?? .completed
        recorder.end(at: time)
        return [.finished]
    }
}
