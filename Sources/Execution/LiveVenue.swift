import Network
import ReferenceServer
import Transport

/// A server of this performance alone, or another system, which its operator has to ask for some things.
struct LiveVenue: Venue {
    var server: NodeHandle?
    private var system: ReferenceServer?
    /// Where the operator of another system is asked; nil where nobody does what it is asked.
    var counter: ProvisionCounter?

    /// - Parameter system: The embedded server, or nil where another system is under test.
    init(system: ReferenceServer?) { self.system = system }

    mutating func serve(_ event: NodeEvent, at time: Instant) -> Service {
        Service(effects: system?.handle(event, at: time) ?? [])
    }

    mutating func operate(_ request: OperatorRequest, at time: Instant) -> Operation {
        (system?.handle(request, at: time)).map { .done(Service(effects: $0)) } ?? .refused
    }

    func provide(_ request: ProvisionRequest) { counter?.ask(for: request) }

    func takeProvisions() -> [ProvisionCounter.Done] { counter?.takeDone() ?? [] }

    func takeReplies() -> [Reply] { [] }

    func ask(_ prompt: Prompt) {}

    func withdraw(_ id: Int) {}
}
