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
        /// The system under test could not be reached at all: nothing was ever heard of it, or it did not take the
        /// certificate of the clients.
        case unreachable(reason: String)
        /// Nobody works the real clients any more.
        case forsaken(reason: String)
    }

    package enum Effect: Sendable {
        case node(PartyName, NodeEffect)
        case arm(StageTimer, after: Duration)
        case cancel(StageTimer)
        /// The step begins.
        case step(Step)
        /// The operator of the system under test has to do something.
        case operate(OperatorRequest)
        /// A step needs something of the operator before the client does its part.
        case provide(ProvisionRequest)
        /// Whoever works a real client has something to do.
        case prompt(Prompt)
        /// What was asked for has come about, or is not wanted any more.
        case withdraw(Int)
        case finished
    }

    package internal(set) var outcome: Outcome?
    /// What people should know beside the trace.
    package internal(set) var remarks: [String] = []
    let cast: Cast
    /// How clients begin sessions of two users.
    let oneToOne: IMClient.Profile.OneToOne
    let patience: Patience
    var recorder: TraceRecorder
    var agenda: Agenda
    var scene: Agenda.Scene?
    var waiting = Waiting()
    /// Whether the conference state has had its time in this scene.
    var hasHadItsTime = false
    /// How many entries of the trace have been searched for what is awaited.
    var lookedAt = 0
    var sessions = SessionBook()
    /// What the conference state shows, where it is looked at.
    var attendance: [Attendance: Sight] = [:]
    /// The groups and contents of the test case.
    let groups: [String: Group]
    let provisionedGroups: Set<String>
    /// Who sees to what the case needs, where it is not the clients.
    let preconditions: [Prerequisite: Provisioning]
    /// The steps of the scene that wait for the operator, by what was asked.
    var provisions: [Int: Step] = [:]
    var numberOfProvisions = 0
    let contents: [MediaContent]
    /// The clients that have logged out, or never logged in.
    var absent: Set<PartyName>
    /// The clients that have logged in at some time, and where each asks its last question.
    var visitors: [PartyName: String] = [:]
    let registrars: [PartyName: String]
    var closing = Closing.notYet
    /// What of the trace still waits for an answer, as of the last look.
    private(set) var settlement: Settlement
    /// When the wait for the last answers is over, once it has begun.
    var settlesUntil: Instant?
    /// The clients that nobody here plays.
    var realClients: [PartyName: RealClient] = [:]
    /// Who sees to what is to be there before a test case, by the real client for whose user it is.
    let stewards: [PartyName: PartyName]
    /// What real clients are asked for at the moment.
    var prompts: [Prompt] = []
    /// Whether what is left of the scene has been given its own time.
    var hasRearmed = false
    var numberOfPrompts = 0
    /// What real clients have been asked to publish last; without an entry, the usual.
    var settings: [PartyName: Settings] = [:]
    /// The step of a real client that was not done, and why.
    package internal(set) var undone: String?
    private var clients: [PartyName: IMClient]
    /// What clients have reported and nobody has heard yet.
    private var reports: [(party: PartyName, report: ClientReport)] = []
    /// What the clients meet with and do, where that is kept.
    private(set) var parts: [PartyName: Part]?

    /// Whose view of which session.
    struct Attendance: Hashable, Sendable {
        let party: PartyName
        let session: String
    }

    /// What a client sees of the participants of a session.
    enum Sight: Sendable {
        /// The client does not find itself among them yet.
        case unknown
        case seen(Int)
        /// The server does not tell.
        case unobservable
    }

    /// How far the end of the performance has come.
    enum Closing: Equatable, Sendable {
        case notYet
        case loggingOut
        case probing
        /// Something has no answer yet; how much had been seen at the last look.
        case settling(seen: Int)
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
        self.patience = patience
        cast = casting.cast
        oneToOne = casting.oneToOne
        provisionedGroups = casting.provisionedGroups
        preconditions = casting.preconditions
        groups = Dictionary(testCase.equipment.groups.map { ($0.name, $0) }) { first, _ in first }
        contents = testCase.equipment.contents
        clients = [:]
        for profile in casting.clients {
            clients[profile.party] = IMClient(
                profile: profile, seed: generator.next(), defects: defects[profile.party] ?? [])
        }
        for (_, profile) in casting.stewards.sorted(by: { $0.key < $1.key }) {
            clients[profile.party] = IMClient(profile: profile, seed: generator.next())
        }
        stewards = casting.stewards.mapValues(\.party)
        absent = Set(clients.keys).union(casting.real)
        for party in casting.real { realClients[party] = RealClient(party, of: casting.cast, in: testCase) }
        registrars = Dictionary(casting.clients.map { ($0.party, $0.registrarURI) }) { first, _ in first }
        agenda = Agenda(testCase)
        recorder = TraceRecorder(
            testCaseID: testCase.id, cast: casting.cast, datagramsKeepOrder: keepsOrder, knownFor: casting.deviations)
        settlement = Settlement(cast: casting.cast)
    }

    package var trace: Trace { recorder.trace }

    /// Whether nothing waits for an answer any more.
    mutating func isSettled() -> Bool {
        settlement.follow(recorder.trace)
        return settlement.isSettled
    }

    package var isFinished: Bool { closing == .done }

    package var parties: [PartyName] { clients.keys.sorted() }

    package func listeningPoints(of party: PartyName) -> [ListeningPoint] {
        clients[party]?.listeningPoints ?? []
    }

    package mutating func start(at time: Instant) -> [Effect] {
        var effects: [Effect] = []
        for party in parties { effects += pass(.start, to: party, at: time) }
        return effects + proceed(at: time)
    }

    package mutating func handle(_ event: NodeEvent, for party: PartyName, at time: Instant) -> [Effect] {
        guard clients[party] != nil, !isFinished else { return [] }
        let effects = pass(event, to: party, at: time)
        return effects + (isFlooded ? stopFlood(at: time) : proceed(at: time))
    }

    package mutating func handle(_ timer: StageTimer, at time: Instant) -> [Effect] {
        switch (timer, closing) {
        case (.step, .notYet), (.step, .loggingOut), (.step, .probing):
            leaveQuestionsOpen()
            waiting.fail("nothing more happened while waiting for \(waiting.words)")
            return proceed(at: time)
        case (.assembly, .notYet):
            hasHadItsTime = true
            return proceed(at: time)
        case (.quiet, .settling(let seen)):
            return lookAgain(seen: seen, at: time)
        case (.quiet, .listening):
            return finish(at: time)
        case (.step, .settling), (.step, .listening), (.step, .done), (.quiet, .notYet), (.quiet, .loggingOut),
            (.quiet, .probing), (.quiet, .done), (.assembly, .loggingOut), (.assembly, .probing),
            (.assembly, .settling), (.assembly, .listening), (.assembly, .done):
            return []
        }
    }

    /// Gives up what only the operator of the system under test can bring about.
    package mutating func refuse(_ request: OperatorRequest, at time: Instant) -> [Effect] {
        waiting.fail("the operator of the system under test would have to see to it: \(request.words)")
        return proceed(at: time)
    }

    /// Ends the performance where it is.
    package mutating func stop(at time: Instant) -> [Effect] {
        guard closing != .done else { return [] }
        return stop(because: "the time for it was over", at: time)
    }

    /// Lets a client act.
    mutating func perform(
        _ action: ClientAction, mutations: [Mutation] = [], by party: PartyName, at time: Instant
    ) -> [Effect] {
        meet(.action(action, mutations), as: party, at: time)
    }

    /// What a client does about something, while nothing comes of it.
    mutating func answer(_ cue: Part.Cue, as party: PartyName, at time: Instant) -> [ClientEffect] {
        switch cue {
        case .event(let event): return clients[party]?.handle(event, at: time) ?? []
        case .action(let action, let mutations):
            return clients[party]?.perform(action, mutations: mutations, at: time) ?? []
        case .request: preconditionFailure("A client has no operator")
        }
    }

    /// Keeps the parts of the clients from now on.
    mutating func keepParts() { parts = [:] }

    mutating func nextReport() -> (party: PartyName, report: ClientReport)? {
        reports.isEmpty ? nil : reports.removeFirst()
    }

    /// Hears what a real client has come to.
    mutating func note(_ report: ClientReport, of party: PartyName) { reports.append((party, report)) }

    private mutating func pass(_ event: NodeEvent, to party: PartyName, at time: Instant) -> [Effect] {
        if cast[party] != nil { recorder.record(event, at: party, time: time) }
        return meet(.event(event), as: party, at: time)
    }

    private mutating func meet(_ cue: Part.Cue, as party: PartyName, at time: Instant) -> [Effect] {
        let effects = answer(cue, as: party, at: time)
        parts?[party, default: Part()].add(cue, at: time, effects)
        return carryOut(effects, of: party, at: time)
    }

    private mutating func carryOut(_ effects: [ClientEffect], of party: PartyName, at time: Instant) -> [Effect] {
        effects.compactMap { effect in
            switch effect {
            case .network(let effect):
                if cast[party] != nil { recorder.record(effect, at: party, time: time) }
                return .node(party, effect)
            case .report(let report):
                reports.append((stewards.first { $0.value == party }?.key ?? party, report))
                return nil
            }
        }
    }
}
