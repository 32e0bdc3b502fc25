import Bytes
import Execution
package import Network
package import ReferenceServer

/// A system under test that does what a test says, and nothing of its own.
package struct ScriptedServer: Node, Sendable {
    package let listeningPoints: [ListeningPoint]
    package let behave: @Sendable (NodeEvent) -> [NodeEffect]

    /// A server where the reference server would be.
    package init(
        inPlaceOf server: ReferenceServer, behave: @escaping @Sendable (NodeEvent) -> [NodeEffect] = { _ in [] }
    ) {
        listeningPoints = server.listeningPoints
        self.behave = behave
    }

    /// A server that is not there.
    package init() {
        listeningPoints = []
        behave = { _ in [] }
    }

    package mutating func handle(_ event: NodeEvent, at time: Instant) -> [NodeEffect] { behave(event) }
}

/// The reference server behind something that changes what it hears and says.
package struct WrappedServer: Operable {
    /// What becomes of an event: what the server does about it, changed, left out or added to.
    package typealias Wrap = @Sendable (_ event: NodeEvent, _ count: Int, _ server: () -> [NodeEffect]) -> [NodeEffect]

    private var server: ReferenceServer
    /// How many messages, or pieces of streams, have come.
    private var count = 0
    private let wrap: Wrap

    package init(_ server: ReferenceServer, wrap: @escaping Wrap) {
        self.server = server
        self.wrap = wrap
    }

    package var listeningPoints: [ListeningPoint] { server.listeningPoints }

    package mutating func handle(_ event: NodeEvent, at time: Instant) -> [NodeEffect] {
        switch event {
        case .datagram, .received: count += 1
        case .start, .connected, .accepted, .certified, .refused, .closed, .undeliverable, .timer: break
        }
        var server = self.server
        let effects = wrap(event, count) { server.handle(event, at: time) }
        self.server = server
        return effects
    }

    package mutating func handle(_ request: OperatorRequest, at time: Instant) -> [NodeEffect] {
        server.handle(request, at: time)
    }
}

extension NodeEvent {
    /// The text that has come, where some has.
    package var text: String? {
        switch self {
        case .datagram(let bytes, from: _, to: _), .received(_, let bytes): String(decoding: bytes, as: UTF8.self)
        case .start, .connected, .accepted, .certified, .refused, .closed, .undeliverable, .timer: nil
        }
    }
}
