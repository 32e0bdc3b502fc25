import Network
import Testing
import Transport

/// A loop with nodes that write down what they hear and answer as the test says.
final class Rehearsal {
    typealias Reaction = (NodeEvent) -> [NodeEffect]

    let loop: EventLoop
    private(set) var observations: [Observation] = []
    private(set) var events: [NodeHandle: [NodeEvent]] = [:]
    private var reactions: [NodeHandle: Reaction] = [:]

    init() throws {
        loop = try EventLoop()
    }

    func add(
        _ points: [ListeningPoint], security: TLSContext? = nil, reaction: @escaping Reaction = { _ in [] }
    ) throws -> NodeHandle {
        let node = try loop.add(points, named: "node", security: security)
        reactions[node] = reaction
        return node
    }

    /// Runs until the condition holds, which is an event; the deadline only ends a test that has failed.
    func run(until condition: () -> Bool) throws {
        let end = try loop.run(
            until: condition, deadline: loop.now + .seconds(20), observe: { observations.append($0) },
            handle: { node, event, _ in
                events[node, default: []].append(event)
                return reactions[node]?(event) ?? []
            })
        try #require(end == .conditionHolds, "The expected event never came")
    }

    func udp(_ node: NodeHandle) -> SocketAddress {
        loop.listeningPoints(of: node).filter { $0.transport == .udp }[0].address
    }

    func tcp(_ node: NodeHandle) -> SocketAddress {
        loop.listeningPoints(of: node).filter { $0.transport == .tcp }[0].address
    }

    func datagrams(_ node: NodeHandle) -> [[UInt8]] {
        events[node, default: []].compactMap { if case .datagram(let bytes, _, _) = $0 { bytes } else { nil } }
    }

    func stream(_ node: NodeHandle) -> [UInt8] {
        events[node, default: []].flatMap { if case .received(_, let bytes) = $0 { bytes } else { [UInt8]() } }
    }

    func closings(_ node: NodeHandle) -> [String?] {
        events[node, default: []].compactMap { if case .closed(_, let reason) = $0 { .some(reason) } else { nil } }
    }

    func undeliverables(_ node: NodeHandle) -> [SocketAddress] {
        events[node, default: []].compactMap { if case .undeliverable(let to, _) = $0 { to } else { nil } }
    }

    func timers(_ node: NodeHandle) -> [String] {
        events[node, default: []].compactMap { if case .timer(let timer) = $0 { timer.name } else { nil } }
    }
}

func address(_ third: UInt8, _ fourth: UInt8) -> IPAddress { IPAddress(127, 77, third, fourth) }

func point(
    _ transport: TransportProtocol, _ third: UInt8, _ fourth: UInt8, port: UInt16 = 0,
    admitting admitted: ExpectedPeer = .anybody
) -> ListeningPoint {
    ListeningPoint(transport, SocketAddress(address(third, fourth), port: port), admitting: admitted)
}
