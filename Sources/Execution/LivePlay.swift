import Conformance
import Network
import Transport

/// A stage at real sockets, from its beginning to its end.
struct LivePlay<Place: Venue> {
    private(set) var stage: Stage
    private(set) var venue: Place
    private let loop: EventLoop
    private let parties: [NodeHandle: PartyName]
    private let handles: [PartyName: NodeHandle]

    /// Opens the sockets of the clients.
    ///
    /// - Parameters:
    ///   - stage: What is to be played.
    ///   - venue: Where.
    ///   - loop: The loop that has the sockets.
    ///   - contexts: What the secured connections of each party need.
    /// - Throws: What the environment lacks, such as a free port.
    init(
        _ stage: Stage, at venue: Place, by loop: EventLoop, contexts: [PartyName: TLSContext]
    ) throws(TransportError) {
        (self.stage, self.venue, self.loop) = (stage, venue, loop)
        var parties: [NodeHandle: PartyName] = [:]
        do {
            for party in stage.parties {
                let handle = try loop.add(
                    stage.listeningPoints(of: party), named: "client \(party)", security: contexts[party])
                parties[handle] = party
            }
        } catch {
            parties.keys.forEach(loop.remove)
            throw error
        }
        self.parties = parties
        handles = Dictionary(parties.map { ($0.value, $0.key) }) { first, _ in first }
    }

    /// Plays until the stage is finished, or the time for it is over.
    ///
    /// - Parameters:
    ///   - limit: How long it may take.
    ///   - observe: Hears of every step as it begins.
    /// - Returns: What was seen, and how it ended.
    /// - Throws: The reason in our environment for which sockets no longer do their work.
    mutating func perform(limit: Duration, observe: (Step) -> Void) throws(TransportError) -> Performance {
        let started = loop.now
        carryOut(stage.start(at: started), observe)
        while !stage.isFinished {
            var replies: [Reply] = []
            var provisions: [ProvisionCounter.Done] = []
            let end = try loop.run(
                until: {
                    if replies.isEmpty { replies = venue.takeReplies() }
                    if provisions.isEmpty { provisions = venue.takeProvisions() }
                    return stage.isFinished || !replies.isEmpty || !provisions.isEmpty
                }, deadline: started + limit, observe: { _ in }
            ) { node, event, time in take(event, at: node, time, observe) }
            for reply in replies { carryOut(stage.hear(reply, at: loop.now), observe) }
            for (id, reason) in provisions {
                let effects =
                    if let reason {
                        stage.forgo(id, because: reason, at: loop.now)
                    } else {
                        stage.fulfil(id, at: loop.now)
                    }
                carryOut(effects, observe)
            }
            if case .deadlinePassed = end { carryOut(stage.stop(at: loop.now), observe) }
        }
        var performance = Performance(
            trace: stage.trace, outcome: stage.outcome ?? .completed, remarks: stage.remarks,
            elapsed: loop.now - started, secrets: loop.takeSecrets())
        performance.undone = stage.undone
        return performance
    }

    /// Closes the sockets of the clients, while the loop goes on.
    func leave() { handles.values.forEach(loop.remove) }

    /// Gives an event to whom it concerns.
    private mutating func take(
        _ event: NodeEvent, at node: NodeHandle, _ time: Instant, _ observe: (Step) -> Void
    ) -> [NodeEffect] {
        if node == venue.server {
            carryOut(venue.serve(event, at: time), at: time, observe)
        } else if case .timer(let timer) = event, let own = StageTimer(rawValue: timer.name) {
            carryOut(stage.handle(own, at: time), observe)
        } else if let party = parties[node] {
            if case .start = event { return [] }
            carryOut(stage.handle(event, for: party, at: time), observe)
        }
        return []
    }

    /// Carries effects out in their order; the stage's own timers run at the first client.
    private mutating func carryOut(_ effects: [Stage.Effect], _ observe: (Step) -> Void) {
        for effect in effects {
            switch effect {
            case .node(let party, let effect): perform(effect, of: party)
            case .arm(let timer, let delay): own(.arm(TimerID(timer.rawValue), after: delay))
            case .cancel(let timer): own(.cancel(TimerID(timer.rawValue)))
            case .step(let step): observe(step)
            case .operate(let request):
                switch venue.operate(request, at: loop.now) {
                case .done(let service): carryOut(service, at: loop.now, observe)
                case .refused: carryOut(stage.refuse(request, at: loop.now), observe)
                }
            case .provide(let request): venue.provide(request)
            case .prompt(let prompt): venue.ask(prompt)
            case .withdraw(let id): venue.withdraw(id)
            case .finished: break
            }
        }
    }

    private mutating func carryOut(_ service: Service, at time: Instant, _ observe: (Step) -> Void) {
        if let server = venue.server { loop.perform(service.effects, of: server) }
        for entry in service.entries { carryOut(stage.witness(entry, at: time), observe) }
    }

    private func own(_ effect: NodeEffect) {
        if let party = stage.parties.first { perform(effect, of: party) }
    }

    private func perform(_ effect: NodeEffect, of party: PartyName) {
        if let handle = handles[party] { loop.perform([effect], of: handle) }
    }
}
