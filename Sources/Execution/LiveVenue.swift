import Network
import ReferenceServer
import Transport

/// A server of this performance alone, or another system, which its operator has to ask for some things.
struct LiveVenue: Venue {
    var server: NodeHandle?
    private var system: ReferenceServer?
    /// Lets another system do what its operator is asked for; returns why it does not, or nil.
    private let operatorOfSystem: (@Sendable (OperatorRequest) -> String?)?

    /// - Parameters:
    ///   - system: The embedded server, or nil where another system is under test.
    ///   - operatorOfSystem: Lets that one do what its operator is asked for.
    init(system: ReferenceServer?, operatorOfSystem: (@Sendable (OperatorRequest) -> String?)?) {
        self.system = system
        self.operatorOfSystem = operatorOfSystem
    }

    mutating func serve(_ event: NodeEvent, at time: Instant) -> Service {
        Service(effects: system?.handle(event, at: time) ?? [])
    }

    mutating func operate(_ request: OperatorRequest, at time: Instant) -> Operation {
        if let effects = system?.handle(request, at: time) { return .done(Service(effects: effects)) }
        guard let operatorOfSystem else { return .refused(because: nil) }
        return operatorOfSystem(request).map { .refused(because: $0) } ?? .passedOn
    }

    func takeReplies() -> [Reply] { [] }

    func ask(_ prompt: Prompt) {}

    func withdraw(_ id: Int) {}
}
