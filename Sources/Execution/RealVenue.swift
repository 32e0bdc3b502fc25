import Conformance
import Network
import Transport

/// The server that stands for a whole run, and whoever works the clients that nobody here plays.
struct RealVenue: Venue {
    private let standing: StandingServer
    private let operative: any Operative
    /// The addresses of the real clients, by which they are known.
    private let addresses: Set<IPAddress>

    /// - Parameters:
    ///   - standing: The server.
    ///   - operative: Whoever works the real clients.
    ///   - addresses: Where those of the test case are.
    init(_ standing: StandingServer, _ operative: any Operative, addresses: Set<IPAddress>) {
        (self.standing, self.operative, self.addresses) = (standing, operative, addresses)
    }

    var server: NodeHandle? { standing.handle }

    mutating func serve(_ event: NodeEvent, at time: Instant) -> Service {
        service(standing.server.handle(event, at: time))
    }

    mutating func operate(_ request: OperatorRequest, at time: Instant) -> Operation {
        .done(service(standing.server.handle(request, at: time)))
    }

    func provide(_ request: ProvisionRequest) {}

    func takeProvisions() -> [ProvisionCounter.Done] { [] }

    func takeReplies() -> [Reply] { operative.takeReplies() }

    func ask(_ prompt: Prompt) { operative.ask(prompt) }

    func withdraw(_ id: Int) { operative.withdraw(id) }

    /// What strangers and clients of other cases do is nothing to this one.
    private func service(_ done: (effects: [NodeEffect], entries: [TraceEntry])) -> Service {
        Service(effects: done.effects, entries: done.entries.filter { $0.concerns(addresses) })
    }
}
