import Bytes
import Conformance
import Network

/// Time, network and timers of a performance in memory, and what else is to happen at some time.
struct SimulatedWorld<Other: Sendable>: Sendable {
    /// What happens next.
    enum Happening: Sendable {
        case event(NodeEvent, at: PartyName)
        case timer(StageTimer)
        case other(Other)
    }

    private enum Entry: Sendable {
        case delivery(SimulatedNetwork<PartyName>.Delivery)
        case nodeTimer(PartyName, TimerID, generation: Int)
        case stageTimer(StageTimer, generation: Int)
        case other(Other)
    }

    private struct Alarm: Hashable {
        var party: PartyName?
        var timer: String
    }

    private(set) var now = Simulation.epoch
    private var network: SimulatedNetwork<PartyName>
    private var queue = EventQueue<Entry>()
    /// The latest arming of each timer; earlier ones are void.
    private var generations: [Alarm: Int] = [:]

    init(conditions: NetworkConditions, generator: SeededGenerator) {
        network = SimulatedNetwork(conditions: conditions, generator: generator)
    }

    mutating func attach(
        _ party: PartyName, listeningPoints: [ListeningPoint], certificate: CertificateFingerprint? = nil
    ) {
        network.attach(party, listeningPoints: listeningPoints, certificate: certificate)
    }

    /// Goes on in time to what happens next; what has been called off does not.
    ///
    /// - Parameter end: Before when it has to happen.
    /// - Returns: nil where nothing does.
    mutating func next(before end: Instant? = nil) -> Happening? {
        while let time = queue.nextTime, end.map({ time < $0 }) ?? true, let (_, entry) = queue.popNext() {
            now = time
            switch entry {
            case .delivery(let delivery):
                if network.admits(delivery) { return .event(delivery.event, at: delivery.node) }
            case .nodeTimer(let party, let timer, let generation):
                if generations[Alarm(party: party, timer: timer.name)] == generation {
                    return .event(.timer(timer), at: party)
                }
            case .stageTimer(let timer, let generation):
                if generations[Alarm(party: nil, timer: timer.rawValue)] == generation { return .timer(timer) }
            case .other(let other): return .other(other)
            }
        }
        return nil
    }

    mutating func add(_ other: Other, after delay: Duration) { queue.add(.other(other), at: now + delay) }

    mutating func arm(_ timer: StageTimer, after delay: Duration) {
        let generation = renew(Alarm(party: nil, timer: timer.rawValue))
        queue.add(.stageTimer(timer, generation: generation), at: now + delay)
    }

    mutating func cancel(_ timer: StageTimer) { _ = renew(Alarm(party: nil, timer: timer.rawValue)) }

    mutating func carryOut(_ effect: NodeEffect, of party: PartyName) {
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
