package import Actors
import Bytes
package import Conformance
package import Network
package import ReferenceServer

/// One performance in virtual time over a network in memory; the same seed gives the same bytes at the same instants.
package struct Simulation: Sendable {
    /// Simulated runs begin at this moment: 2026-01-01T00:00:00Z.
    package static let epoch = Instant(nanoseconds: 1_767_225_600_000_000_000)

    private var stage: Stage
    private var server: any Node & Sendable
    private var world: SimulatedWorld<Never>
    /// What the server meets with and does, where that is kept.
    private var serverPart: Part?

    /// - Parameters:
    ///   - testCase: What is to be performed.
    ///   - casting: Who performs it, with the embedded reference server.
    ///   - seed: Repeats the run byte for byte.
    ///   - conditions: How the network treats what it carries.
    ///   - serverDefects: The ways in which the server is to be wrong on purpose.
    ///   - clientDefects: Likewise for clients.
    package init(
        _ testCase: TestCase, casting: Casting, seed: UInt64, conditions: NetworkConditions = .perfect,
        serverDefects: Set<ServerDefect> = [], clientDefects: [PartyName: Set<ClientDefect>] = [:]
    ) {
        guard let configuration = casting.server else {
            preconditionFailure("A simulation plays against the embedded reference server")
        }
        self.init(testCase, casting: casting, seed: seed, conditions: conditions, clientDefects: clientDefects) {
            ReferenceServer(configuration: configuration, seed: $0, defects: serverDefects)
        }
    }

    /// - Parameters:
    ///   - testCase: What is to be performed.
    ///   - casting: Who performs it; the server listens where the casting says.
    ///   - seed: Repeats the run byte for byte.
    ///   - conditions: How the network treats what it carries.
    ///   - clientDefects: The ways in which clients are to be wrong on purpose.
    ///   - server: Makes the system under test from a seed.
    package init(
        _ testCase: TestCase, casting: Casting, seed: UInt64, conditions: NetworkConditions = .perfect,
        clientDefects: [PartyName: Set<ClientDefect>] = [:], server: (_ seed: UInt64) -> any Node & Sendable
    ) {
        var generator = SeededGenerator(seed: seed)
        stage = Stage(
            testCase, casting: casting, seed: generator.next(), defects: clientDefects,
            keepsOrder: conditions.keepsOrder,
            patience: Stage.Patience(step: .seconds(100), quiet: .seconds(33)))
        self.server = server(generator.next())
        world = SimulatedWorld(conditions: conditions, generator: generator.split())
        world.attach(
            .server, listeningPoints: self.server.listeningPoints, certificate: casting.server?.certificate)
        for party in stage.parties {
            world.attach(
                party, listeningPoints: stage.listeningPoints(of: party),
                certificate: casting.clients.first { $0.party == party }?.certificate)
        }
    }

    /// Performs the test case to its end.
    package consuming func perform() -> Performance {
        run()
        return performance
    }

    mutating func run() {
        handle(.start, at: .server)
        carryOut(stage.start(at: world.now))
        while !stage.isFinished, let happening = world.next() {
            switch happening {
            case .event(let event, let party): handle(event, at: party)
            case .timer(let timer): carryOut(stage.handle(timer, at: world.now))
            }
        }
        precondition(stage.isFinished, "The stage waits for something while nothing is under way")
    }

    var performance: Performance {
        var performance = Performance(
            trace: stage.trace, outcome: stage.outcome ?? .completed, remarks: stage.remarks,
            elapsed: world.now - Simulation.epoch)
        performance.undone = stage.undone
        return performance
    }

    /// Keeps the parts of everybody from now on.
    mutating func keepParts() {
        serverPart = Part()
        stage.keepParts()
    }

    var parts: [PartyName: Part] {
        var parts = stage.parts ?? [:]
        parts[.server] = serverPart
        return parts
    }

    /// What a party does about something, while nothing comes of it.
    mutating func answer(_ cue: Part.Cue, as party: PartyName, at time: Instant) -> [ClientEffect] {
        guard party == .server else { return stage.answer(cue, as: party, at: time) }
        switch cue {
        case .event(let event): return server.handle(event, at: time).map(ClientEffect.network)
        case .request(let request): return (operate(request, at: time) ?? []).map(ClientEffect.network)
        case .action: preconditionFailure("A server has no user")
        }
    }

    private mutating func handle(_ event: NodeEvent, at party: PartyName) {
        if party == .server {
            let effects = server.handle(event, at: world.now)
            serverPart?.add(.event(event), at: world.now, effects.map(ClientEffect.network))
            carryOut(effects, of: .server)
        } else {
            carryOut(stage.handle(event, for: party, at: world.now))
        }
    }

    private mutating func carryOut(_ effects: [Stage.Effect]) {
        for effect in effects {
            switch effect {
            case .node(let party, let effect): world.carryOut(effect, of: party)
            case .arm(let timer, let delay): world.arm(timer, after: delay)
            case .cancel(let timer): world.cancel(timer)
            case .operate(let request): operate(request)
            case .step, .provide, .prompt, .withdraw, .finished: break
            }
        }
    }

    private mutating func operate(_ request: OperatorRequest) {
        guard let effects = operate(request, at: world.now) else {
            return carryOut(stage.refuse(request, at: world.now))
        }
        serverPart?.add(.request(request), at: world.now, effects.map(ClientEffect.network))
        carryOut(effects, of: .server)
    }

    /// What the server does for its operator, or nil where it has none.
    private mutating func operate(_ request: OperatorRequest, at time: Instant) -> [NodeEffect]? {
        guard var operable = server as? any Operable else { return nil }
        let effects = operable.handle(request, at: time)
        server = operable
        return effects
    }

    private mutating func carryOut(_ effects: [NodeEffect], of party: PartyName) {
        for effect in effects { world.carryOut(effect, of: party) }
    }
}
