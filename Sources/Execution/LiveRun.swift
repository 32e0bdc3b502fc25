package import Actors
import Bytes
package import Conformance
package import Network
package import ReferenceServer
package import Transport

/// One performance in real time over real sockets.
package struct LiveRun: Sendable {
    private var stage: Stage
    private var server: ReferenceServer?
    private let limit: Duration
    /// What the secured connections of each party need.
    private let contexts: [PartyName: TLSContext]
    /// Lets another system do what its operator is asked for; returns why it does not, or nil.
    private let operatorOfSystem: (@Sendable (OperatorRequest) -> String?)?

    /// - Parameters:
    ///   - testCase: What is to be performed.
    ///   - casting: Who performs it, with the embedded reference server or without.
    ///   - seed: The seed of every identifier.
    ///   - patience: How long to wait for what.
    ///   - serverDefects: The ways in which the embedded server is to be wrong on purpose.
    ///   - clientDefects: Likewise for clients.
    ///   - operatorOfSystem: Lets a system that is not embedded do what its operator is asked for; returns why it does
    ///     not, or nil. Without one nobody is asked.
    package init(
        _ testCase: TestCase, casting: Casting, seed: UInt64, patience: Stage.Patience,
        serverDefects: Set<ServerDefect> = [], clientDefects: [PartyName: Set<ClientDefect>] = [:],
        operatorOfSystem: (@Sendable (OperatorRequest) -> String?)? = nil
    ) {
        self.operatorOfSystem = operatorOfSystem
        var generator = SeededGenerator(seed: seed)
        var casting = casting
        contexts = casting.certify()
        // Loopback hands datagrams over in the order in which they were sent; other networks promise nothing.
        let isLoopback = casting.cast.parties.allSatisfy { $0.addresses.allSatisfy(\.isLoopback) }
        stage = Stage(
            testCase, casting: casting, seed: generator.next(), defects: clientDefects, keepsOrder: isLoopback,
            patience: patience)
        server = casting.server.map { configuration in
            ReferenceServer(configuration: configuration, seed: generator.next(), defects: serverDefects)
        }
        let scenes = testCase.preamble.count + testCase.procedure.count + testCase.postamble.count + 1
        limit = patience.step * (scenes + 1) + max(patience.quiet, patience.unanswered)
    }

    /// Performs the test case to its end, on the calling thread.
    ///
    /// - Parameter observe: Hears of every step as it begins.
    /// - Returns: What was seen, and how it ended.
    /// - Throws: What the environment lacks, such as a free port.
    package consuming func perform(observe: (_ step: Step) -> Void = { _ in }) throws(TransportError)
        -> Performance
    {
        let loop = try EventLoop()
        defer { loop.shutDown() }
        var parties: [NodeHandle: PartyName] = [:]
        var handles: [PartyName: NodeHandle] = [:]
        if let server {
            let handle = try loop.add(
                server.listeningPoints, named: "the reference server", security: contexts[.server])
            (parties[handle], handles[.server]) = (.server, handle)
        }
        for party in stage.parties {
            let handle = try loop.add(
                stage.listeningPoints(of: party), named: "client \(party)", security: contexts[party])
            (parties[handle], handles[party]) = (party, handle)
        }
        let started = loop.now
        var play = Play(
            stage: stage, server: server, loop: loop, handles: handles, operatorOfSystem: operatorOfSystem)
        if let server = handles[.server] {
            loop.perform(play.server?.handle(.start, at: started) ?? [], of: server)
        }
        play.carryOut(play.stage.start(at: started), observe)
        let end = try loop.run(until: { play.stage.isFinished }, deadline: started + limit, observe: { _ in }) {
            node, event, time in
            guard let party = parties[node] else { return [] }
            if case .start = event { return [] }
            if party == .server { return play.server?.handle(event, at: time) ?? [] }
            if case .timer(let timer) = event, let own = StageTimer(rawValue: timer.name) {
                play.carryOut(play.stage.handle(own, at: time), observe)
            } else {
                play.carryOut(play.stage.handle(event, for: party, at: time), observe)
            }
            return []
        }
        if case .deadlinePassed = end { play.carryOut(play.stage.stop(at: loop.now), observe) }
        return Performance(
            trace: play.stage.trace, outcome: play.stage.outcome ?? .completed, remarks: play.stage.remarks,
            elapsed: loop.now - started, secrets: loop.takeSecrets())
    }

    /// The parties while the loop runs.
    private struct Play {
        var stage: Stage
        var server: (any Node)?
        let loop: EventLoop
        let handles: [PartyName: NodeHandle]
        let operatorOfSystem: (@Sendable (OperatorRequest) -> String?)?

        /// Carries effects out in their order; the stage's own timers run at the first client.
        mutating func carryOut(_ effects: [Stage.Effect], _ observe: (Step) -> Void) {
            for effect in effects {
                switch effect {
                case .node(let party, let effect):
                    if let handle = handles[party] { loop.perform([effect], of: handle) }
                case .arm(let timer, let delay): own(.arm(TimerID(timer.rawValue), after: delay))
                case .cancel(let timer): own(.cancel(TimerID(timer.rawValue)))
                case .step(let step): observe(step)
                case .operate(let request): operate(request, observe)
                case .prompt, .withdraw, .finished: break
                }
            }
        }

        /// Lets the embedded server, or by its operator another system, do what the step asks for.
        private mutating func operate(_ request: OperatorRequest, _ observe: (Step) -> Void) {
            if server == nil, let operatorOfSystem {
                guard let reason = operatorOfSystem(request) else { return }
                return carryOut(stage.refuse(request, because: reason, at: loop.now), observe)
            }
            guard var operable = server as? any Operable, let handle = handles[.server] else {
                return carryOut(stage.refuse(request, at: loop.now), observe)
            }
            let effects = operable.handle(request, at: loop.now)
            server = operable
            loop.perform(effects, of: handle)
        }

        private func own(_ effect: NodeEffect) {
            if let party = stage.parties.first, let handle = handles[party] { loop.perform([effect], of: handle) }
        }
    }
}
