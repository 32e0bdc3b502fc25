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
    private var world: SimulatedWorld<Prompt>
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
        world = SimulatedWorld(conditions: .perfect, generator: generator.split())
        stage = Stage(
            testCase, casting: casting, seed: generator.next(), keepsOrder: true, patience: patience)
        self.react = react
        world.attach(.server, listeningPoints: server.listeningPoints)
        for party in stage.parties { world.attach(party, listeningPoints: stage.listeningPoints(of: party)) }
        for party in real {
            // The profile of a client is that of its steward, at a place of its own.
            guard var profile = casting.stewards[party], let place = options.realAddresses[party]?.first else {
                continue
            }
            (profile.party, profile.address) = (party, place)
            let client = IMClient(profile: profile, seed: generator.next(), defects: defects[party] ?? [])
            world.attach(party, listeningPoints: client.listeningPoints)
            foreign[party] = Foreign(client: client)
        }
        handle(.start, at: .server)
        for party in real { perform(.logIn(.open), by: party) }
        while let happening = world.next(before: Simulation.epoch + .seconds(1)) { take(happening) }
        let addresses = Set(options.realAddresses.values.joined())
        stage.recall(server.registrations.entries(of: addresses))
    }

    /// Performs the test case to its end.
    mutating func perform() -> Performance {
        let started = world.now
        isPlaying = true
        carryOut(stage.start(at: world.now))
        while !stage.isFinished, let happening = world.next() { take(happening) }
        var performance = Performance(
            trace: stage.trace, outcome: stage.outcome ?? .completed, remarks: stage.remarks,
            elapsed: world.now - started)
        performance.undone = stage.undone
        return performance
    }

    private mutating func take(_ happening: SimulatedWorld<Prompt>.Happening) {
        switch happening {
        case .event(let event, let party): handle(event, at: party)
        case .timer(let timer): carryOut(stage.handle(timer, at: world.now))
        case .other(let prompt): answer(prompt)
        }
    }

    private mutating func handle(_ event: NodeEvent, at party: PartyName) {
        if party == .server {
            carryOut(server.handle(event, at: world.now))
        } else if let effects = foreign[party]?.client.handle(event, at: world.now) {
            carryOut(effects, of: party)
        } else {
            carryOut(stage.handle(event, for: party, at: world.now))
        }
    }

    private mutating func answer(_ prompt: Prompt) {
        let party = prompt.step.party
        if let reply = react(prompt) { return carryOut(stage.hear(reply, at: world.now)) }
        guard prompt.kind == .step else {
            return carryOut(stage.hear(.answer(prompt.id, isSo: true), at: world.now))
        }
        guard var names = foreign[party]?.names else { return }
        let action = prompt.action.naming { names.name(of: $0) }
        foreign[party]?.names = names
        if let reason = perform(action, by: party) {
            carryOut(stage.hear(.cannot(prompt.id, reason: reason), at: world.now))
        }
    }

    /// Lets a real client do something.
    ///
    /// - Returns: why it cannot.
    @discardableResult
    private mutating func perform(_ action: ClientAction, by party: PartyName) -> String? {
        let effects = foreign[party]?.client.perform(action, at: world.now) ?? []
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
            case .network(let effect): world.carryOut(effect, of: party)
            case .report(.invited(_, let session)): foreign[party]?.names.invite(session)
            case .report(.ended(let session, _)), .report(.declined(let session, _)):
                foreign[party]?.names.end(session)
            case .report: break
            }
        }
    }

    private mutating func carryOut(_ done: (effects: [NodeEffect], entries: [TraceEntry])) {
        for effect in done.effects { world.carryOut(effect, of: .server) }
        guard isPlaying else { return }
        for entry in done.entries { carryOut(stage.witness(entry, at: world.now)) }
    }

    private mutating func carryOut(_ effects: [Stage.Effect]) {
        for effect in effects {
            switch effect {
            case .node(let party, let effect): world.carryOut(effect, of: party)
            case .arm(let timer, let delay): world.arm(timer, after: delay)
            case .cancel(let timer): world.cancel(timer)
            case .operate(let request): carryOut(server.handle(request, at: world.now))
            case .prompt(let prompt):
                prompts.append(prompt)
                // Who is asked takes a moment.
                world.add(prompt, after: .milliseconds(1))
            case .step, .provide, .withdraw, .finished: break
            }
        }
    }
}
