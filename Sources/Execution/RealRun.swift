package import Actors
package import Conformance
import Network
import ReferenceServer
package import Transport

/// One performance in which clients take part that nobody here plays, in real time at the server that stands.
package struct RealRun {
    private var stage: Stage
    private let standing: StandingServer
    private let operative: any Operative
    private let limit: Duration
    private let record: [TraceEntry]

    /// - Parameters:
    ///   - testCase: What is to be performed.
    ///   - casting: Who performs it.
    ///   - standing: The server.
    ///   - operative: Whoever works the real clients.
    ///   - seed: The seed of every identifier of the simulated clients.
    ///   - patience: How long to wait for what.
    ///   - clientDefects: The ways in which simulated clients are to be wrong on purpose.
    package init(
        _ testCase: TestCase, casting: Casting, at standing: StandingServer, operative: any Operative, seed: UInt64,
        patience: Stage.Patience, clientDefects: [PartyName: Set<ClientDefect>] = [:]
    ) {
        self.standing = standing
        self.operative = operative
        let isLoopback = casting.cast.parties.allSatisfy { $0.addresses.allSatisfy(\.isLoopback) }
        stage = Stage(
            testCase, casting: casting, seed: seed, defects: clientDefects, keepsOrder: isLoopback, patience: patience)
        stage.settings = standing.settings
        stage.numberOfPrompts = standing.lastPrompt
        let addresses = casting.real.flatMap { casting.cast[$0]?.addresses ?? [] }
        record = standing.registrations(of: Set(addresses))
        let scenes = testCase.preamble.count + testCase.procedure.count + testCase.postamble.count + 1
        limit = max(patience.step, patience.user) * (scenes + 1) + max(patience.quiet, patience.unanswered)
    }

    /// Performs the test case to its end, on the calling thread.
    ///
    /// - Parameter observe: Hears of every step as it begins.
    /// - Returns: What was seen, and how it ended.
    /// - Throws: What the environment lacks, such as a free port.
    package consuming func perform(observe: (_ step: Step) -> Void) throws(TransportError) -> Performance {
        let loop = standing.loop
        var play = Play(stage: stage, standing: standing, operative: operative)
        defer { play.handles.values.forEach(loop.remove) }
        for party in play.stage.parties {
            let handle = try loop.add(play.stage.listeningPoints(of: party), named: "client \(party)")
            (play.parties[handle], play.handles[party]) = (party, handle)
        }
        let started = loop.now
        play.stage.recall(record)
        play.carryOut(play.stage.start(at: started), observe)
        let deadline = started + limit
        while !play.stage.isFinished {
            let replies = operative.takeReplies()
            for reply in replies { play.carryOut(play.stage.hear(reply, at: loop.now), observe) }
            if play.stage.isFinished { break }
            var pending: [Reply] = []
            let end = try loop.run(
                until: {
                    pending = pending.isEmpty ? operative.takeReplies() : pending
                    return play.stage.isFinished || !pending.isEmpty
                }, deadline: deadline, observe: { _ in }
            ) { node, event, time in play.take(event, at: node, time, observe) }
            for reply in pending { play.carryOut(play.stage.hear(reply, at: loop.now), observe) }
            if case .deadlinePassed = end { play.carryOut(play.stage.stop(at: loop.now), observe) }
        }
        standing.lastPrompt = play.stage.numberOfPrompts
        standing.settings = play.stage.settings
        standing.keepRegistrations(in: play.entries)
        var performance = Performance(
            trace: play.stage.trace, outcome: play.stage.outcome ?? .completed, remarks: play.stage.remarks,
            elapsed: loop.now - started)
        performance.undone = play.stage.undone
        return performance
    }

    /// The parties while the loop runs.
    private struct Play {
        var stage: Stage
        let standing: StandingServer
        let operative: any Operative
        var parties: [NodeHandle: PartyName] = [:]
        var handles: [PartyName: NodeHandle] = [:]
        /// What has been seen of real clients.
        var entries: [TraceEntry] = []

        /// Gives an event to whom it concerns; the stage's own timers run at the server.
        mutating func take(
            _ event: NodeEvent, at node: NodeHandle, _ time: Instant, _ observe: (Step) -> Void
        ) -> [NodeEffect] {
            if case .timer(let timer) = event, let own = StageTimer(rawValue: timer.name) {
                carryOut(stage.handle(own, at: time), observe)
            } else if node == standing.handle {
                let (effects, entries) = standing.take(event, at: time)
                standing.loop.perform(effects, of: node)
                witness(entries, at: time, observe)
            } else if let party = parties[node] {
                if case .start = event { return [] }
                carryOut(stage.handle(event, for: party, at: time), observe)
            }
            return []
        }

        mutating func carryOut(_ effects: [Stage.Effect], _ observe: (Step) -> Void) {
            let loop = standing.loop
            for effect in effects {
                switch effect {
                case .node(let party, let effect):
                    if let handle = handles[party] { loop.perform([effect], of: handle) }
                case .arm(let timer, let delay):
                    loop.perform([.arm(TimerID(timer.rawValue), after: delay)], of: standing.handle)
                case .cancel(let timer): loop.perform([.cancel(TimerID(timer.rawValue))], of: standing.handle)
                case .step(let step): observe(step)
                case .operate(let request):
                    let (effects, entries) = standing.take(request, at: loop.now)
                    loop.perform(effects, of: standing.handle)
                    witness(entries, at: loop.now, observe)
                case .prompt(let prompt): operative.ask(prompt)
                case .withdraw(let id): operative.withdraw(id)
                case .finished: break
                }
            }
        }

        private mutating func witness(_ new: [TraceEntry], at time: Instant, _ observe: (Step) -> Void) {
            let addresses = Set(stage.realClients.keys.flatMap { stage.cast[$0]?.addresses ?? [] })
            for entry in new {
                entries.append(entry)
                guard addresses.contains(entry.source.address) || addresses.contains(entry.destination.address) else {
                    continue
                }
                carryOut(stage.witness(entry, at: time), observe)
            }
        }
    }
}
