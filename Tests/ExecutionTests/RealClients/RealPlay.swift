import Actors
import Bytes
import Conformance
import Network
import ReferenceServer
import TestSupport

@testable import Execution

/// A performance with real clients in virtual time: clients of ours stand for them, and do what they are asked for.
///
/// Of these clients the stage has nothing but what is seen at the server.
struct RealPlay {
    private enum Happening {
        case delivery(SimulatedNetwork<PartyName>.Delivery)
        case nodeTimer(PartyName, TimerID, generation: Int)
        case stageTimer(StageTimer, generation: Int)
        case prompt(Prompt)
    }

    private struct Alarm: Hashable {
        var party: PartyName?
        var timer: String
    }

    private struct Foreign {
        var client: IMClient
        var names = SessionNames()
    }

    /// What is answered to a prompt in the place of doing it; nil lets the client do it.
    typealias Reaction = (Prompt) -> Reply?

    private var stage: Stage
    private var server: WitnessedServer
    private var foreign: [PartyName: Foreign] = [:]
    private let react: Reaction
    private var network: SimulatedNetwork<PartyName>
    private var queue = EventQueue<Happening>()
    private var generations: [Alarm: Int] = [:]
    private var now = Simulation.epoch
    private var isPlaying = false
    private(set) var prompts: [Prompt] = []

    /// Registers the real clients, and prepares the stage.
    init(
        _ testCase: TestCase, real: [PartyName], options: CastingOptions = CastingOptions(), seed: UInt64 = 1,
        patience: Stage.Patience = Stage.Patience(step: .seconds(100), quiet: .seconds(3)),
        defects: [PartyName: Set<ClientDefect>] = [:], reacting react: @escaping Reaction = { _ in nil }
    ) {
        var generator = SeededGenerator(seed: seed)
        var options = options
        for (place, party) in real.enumerated() {
            options.realAddresses[party] = [IPAddress(127, 0, 0, 31 + UInt8(place))]
        }
        let casting = Casting(testCase, slot: 0, identity: "", options: options)
        let configuration =
            casting.server ?? ReferenceServer.Configuration(domain: "", address: IPAddress(127, 0, 0, 10))
        let own = casting.clients.map(\.address) + casting.stewards.values.map(\.address)
        server = WitnessedServer(
            ReferenceServer(configuration: configuration, seed: generator.next()), ownAddresses: Set(own))
        network = SimulatedNetwork(conditions: .perfect, generator: generator.split())
        stage = Stage(
            testCase, casting: casting, seed: generator.next(), keepsOrder: true, patience: patience)
        self.react = react
        network.attach(.server, listeningPoints: server.listeningPoints)
        for party in stage.parties { network.attach(party, listeningPoints: stage.listeningPoints(of: party)) }
        for party in real {
            // The profile of a client is that of its steward, at a place of its own.
            guard var profile = casting.stewards[party], let place = options.realAddresses[party]?.first else {
                continue
            }
            (profile.party, profile.address) = (party, place)
            let client = IMClient(profile: profile, seed: generator.next(), defects: defects[party] ?? [])
            network.attach(party, listeningPoints: client.listeningPoints)
            foreign[party] = Foreign(client: client)
        }
        handle(.start, at: .server)
        for party in real { perform(.logIn(.open), by: party) }
        while let next = queue.nextTime, next < Simulation.epoch + .seconds(1), let (time, happening) = queue.popNext()
        {
            take(happening, at: time)
        }
        let addresses = Set(options.realAddresses.values.joined())
        stage.recall(server.registrations.entries(of: addresses))
    }

    /// Performs the test case to its end.
    mutating func perform() -> Performance {
        let started = now
        isPlaying = true
        carryOut(stage.start(at: now))
        while !stage.isFinished, let (time, happening) = queue.popNext() { take(happening, at: time) }
        var performance = Performance(
            trace: stage.trace, outcome: stage.outcome ?? .completed, remarks: stage.remarks, elapsed: now - started)
        performance.undone = stage.undone
        return performance
    }

    private mutating func take(_ happening: Happening, at time: Instant) {
        now = time
        switch happening {
        case .delivery(let delivery):
            if network.admits(delivery) { handle(delivery.event, at: delivery.node) }
        case .nodeTimer(let party, let timer, let generation):
            guard generations[Alarm(party: party, timer: timer.name)] == generation else { return }
            handle(.timer(timer), at: party)
        case .stageTimer(let timer, let generation):
            guard generations[Alarm(party: nil, timer: timer.rawValue)] == generation else { return }
            carryOut(stage.handle(timer, at: now))
        case .prompt(let prompt): answer(prompt)
        }
    }

    private mutating func handle(_ event: NodeEvent, at party: PartyName) {
        if party == .server {
            carryOut(server.handle(event, at: now))
        } else if let effects = foreign[party]?.client.handle(event, at: now) {
            carryOut(effects, of: party)
        } else {
            carryOut(stage.handle(event, for: party, at: now))
        }
    }

    private mutating func answer(_ prompt: Prompt) {
        let party = prompt.step.party
        if let reply = react(prompt) { return carryOut(stage.hear(reply, at: now)) }
        guard prompt.kind == .step else {
            return carryOut(stage.hear(.answer(prompt.id, isSo: true), at: now))
        }
        guard var names = foreign[party]?.names else { return }
        let action = prompt.action.naming { names.name(of: $0) }
        foreign[party]?.names = names
        if let reason = perform(action, by: party) {
            carryOut(stage.hear(.cannot(prompt.id, reason: reason), at: now))
        }
    }

    /// Lets a real client do something.
    ///
    /// - Returns: why it cannot.
    @discardableResult
    private mutating func perform(_ action: ClientAction, by party: PartyName) -> String? {
        let effects = foreign[party]?.client.perform(action, at: now) ?? []
        carryOut(effects, of: party)
        return effects.lazy.compactMap { effect in
            guard case .report(.attempted(_, _, let outcome)) = effect, outcome.hasPrefix("There is no session")
            else { return nil }
            return outcome
        }.first
    }

    private mutating func carryOut(_ effects: [ClientEffect], of party: PartyName) {
        for effect in effects {
            switch effect {
            case .network(let effect): carryOut(effect, of: party)
            case .report(.invited(_, let session)): foreign[party]?.names.invite(session)
            case .report(.ended(let session, _)), .report(.declined(let session, _)):
                foreign[party]?.names.end(session)
            case .report: break
            }
        }
    }

    private mutating func carryOut(_ done: (effects: [NodeEffect], entries: [TraceEntry])) {
        for effect in done.effects { carryOut(effect, of: .server) }
        guard isPlaying else { return }
        for entry in done.entries { carryOut(stage.witness(entry, at: now)) }
    }

    private mutating func carryOut(_ effects: [Stage.Effect]) {
        for effect in effects {
            switch effect {
            case .node(let party, let effect): carryOut(effect, of: party)
            case .arm(let timer, let delay):
                let generation = renew(Alarm(party: nil, timer: timer.rawValue))
                queue.add(.stageTimer(timer, generation: generation), at: now + delay)
            case .cancel(let timer): _ = renew(Alarm(party: nil, timer: timer.rawValue))
            case .operate(let request): carryOut(server.handle(request, at: now))
            case .prompt(let prompt):
                prompts.append(prompt)
                // Who is asked takes a moment.
                queue.add(.prompt(prompt), at: now + .milliseconds(1))
            case .step, .provide, .withdraw, .finished: break
            }
        }
    }

    private mutating func carryOut(_ effect: NodeEffect, of party: PartyName) {
        switch effect {
        case .datagram(let bytes, let source, let destination):
            schedule(network.carry(bytes, from: source, to: destination, by: party, at: now))
        case .connect(let connection, let address, let remote):
            schedule(network.connect(connection, of: party, from: address, to: remote, at: now))
        case .connectSecurely(let connection, let address, let remote, let peer):
            schedule(network.connect(connection, of: party, from: address, to: remote, expecting: peer, at: now))
        case .write(let connection, let bytes):
            schedule(network.write(bytes, on: connection, of: party, at: now))
        case .close(let connection): schedule(network.close(connection, of: party, at: now))
        case .arm(let timer, let delay):
            let generation = renew(Alarm(party: party, timer: timer.name))
            queue.add(.nodeTimer(party, timer, generation: generation), at: now + delay)
        case .cancel(let timer): _ = renew(Alarm(party: party, timer: timer.name))
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
