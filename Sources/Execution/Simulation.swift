package import Actors
import Bytes
package import Conformance
package import Network
package import ReferenceServer

/// One performance in virtual time over a network in memory; the same seed gives the same bytes at the same instants.
package struct Simulation: Sendable {
    /// Simulated runs begin at this moment: 2026-01-01T00:00:00Z.
    package static let epoch = Instant(nanoseconds: 1_767_225_600_000_000_000)

    private enum Happening: Sendable {
        case delivery(SimulatedNetwork<PartyName>.Delivery)
        case nodeTimer(PartyName, TimerID, generation: Int)
        case stageTimer(StageTimer, generation: Int)
    }

    private struct Alarm: Hashable {
        var party: PartyName?
        var timer: String
    }

    private var stage: Stage
    private var server: any Node & Sendable
    private var network: SimulatedNetwork<PartyName>
    private var queue = EventQueue<Happening>()
    /// The latest arming of each timer; earlier ones are void.
    private var generations: [Alarm: Int] = [:]
    private var now = Simulation.epoch
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
        network = SimulatedNetwork(conditions: conditions, generator: generator.split())
        network.attach(
            .server, listeningPoints: self.server.listeningPoints, certificate: casting.server?.certificate)
        for party in stage.parties {
            network.attach(
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
        carryOut(stage.start(at: now))
        while !stage.isFinished, let (time, happening) = queue.popNext() {
            now = time
            switch happening {
            case .delivery(let delivery):
                guard network.admits(delivery) else { continue }
                handle(delivery.event, at: delivery.node)
            case .nodeTimer(let party, let timer, let generation):
                guard generations[Alarm(party: party, timer: timer.name)] == generation else { continue }
                handle(.timer(timer), at: party)
            case .stageTimer(let timer, let generation):
                guard generations[Alarm(party: nil, timer: timer.rawValue)] == generation else { continue }
                carryOut(stage.handle(timer, at: now))
            }
        }
        precondition(stage.isFinished, "The stage waits for something while nothing is under way")
    }

    var performance: Performance {
        Performance(
            trace: stage.trace, outcome: stage.outcome ?? .completed, remarks: stage.remarks,
            elapsed: now - Simulation.epoch)
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
            let effects = server.handle(event, at: now)
            serverPart?.add(.event(event), at: now, effects.map(ClientEffect.network))
            carryOut(effects, of: .server)
        } else {
            carryOut(stage.handle(event, for: party, at: now))
        }
    }

    private mutating func carryOut(_ effects: [Stage.Effect]) {
        for effect in effects {
            switch effect {
            case .node(let party, let effect): carryOut([effect], of: party)
            case .arm(let timer, let delay):
                let generation = renew(Alarm(party: nil, timer: timer.rawValue))
                queue.add(.stageTimer(timer, generation: generation), at: now + delay)
            case .cancel(let timer): _ = renew(Alarm(party: nil, timer: timer.rawValue))
            case .operate(let request): operate(request)
            case .step, .provide, .prompt, .withdraw, .finished: break
            }
        }
    }

    private mutating func operate(_ request: OperatorRequest) {
        guard let effects = operate(request, at: now) else { return carryOut(stage.refuse(request, at: now)) }
        serverPart?.add(.request(request), at: now, effects.map(ClientEffect.network))
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
        for effect in effects {
            switch effect {
            case .datagram(let bytes, let source, let destination):
                schedule(network.carry(bytes, from: source, to: destination, by: party, at: now))
            case .connect(let connection, let address, let remote):
                schedule(network.connect(connection, of: party, from: address, to: remote, at: now))
            case .connectSecurely(let connection, let address, let remote, let peer):
                schedule(
                    network.connect(connection, of: party, from: address, to: remote, expecting: peer, at: now))
            case .write(let connection, let bytes):
                schedule(network.write(bytes, on: connection, of: party, at: now))
            case .close(let connection):
                schedule(network.close(connection, of: party, at: now))
            case .arm(let timer, let delay):
                let generation = renew(Alarm(party: party, timer: timer.name))
                queue.add(.nodeTimer(party, timer, generation: generation), at: now + delay)
            case .cancel(let timer):
                _ = renew(Alarm(party: party, timer: timer.name))
            }
        }
    }

    private mutating func schedule(_ deliveries: [(SimulatedNetwork<PartyName>.Delivery, at: Instant)]) {
        for (delivery, time) in deliveries { queue.add(.delivery(delivery), at: time) }
    }

    private mutating func renew(_ alarm: Alarm) -> Int {
        let generation = (generations[alarm] ?? 0) + 1
        generations[alarm] = generation
        return generation
    }
}
