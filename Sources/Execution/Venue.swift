import Conformance
import Network
import Transport

/// Where a stage plays in real time: the server there, and whoever works the clients that nobody here plays.
protocol Venue {
    /// The embedded server at the sockets, or nil where another system is under test.
    var server: NodeHandle? { get }

    /// Lets the embedded server hear something.
    mutating func serve(_ event: NodeEvent, at time: Instant) -> Service

    /// Lets the server do what its operator asks for.
    mutating func operate(_ request: OperatorRequest, at time: Instant) -> Operation

    /// Asks the operator of another system to see to something, and does not wait for it.
    func provide(_ request: ProvisionRequest)

    /// What has come to its end of that since the last call.
    func takeProvisions() -> [ProvisionCounter.Done]

    /// What has been said by whoever works real clients.
    func takeReplies() -> [Reply]

    func ask(_ prompt: Prompt)

    func withdraw(_ id: Int)
}

/// What the embedded server does, and what is seen there of real clients.
struct Service {
    var effects: [NodeEffect]
    var entries: [TraceEntry] = []
}

/// What comes of a request to the operator.
enum Operation {
    /// The embedded server does it.
    case done(Service)
    /// Nobody does it.
    case refused
}
