import Bytes
import Conformance
import Execution
import Network
import ReferenceServer
import TestSupport
import Testing

/// Whatever the system under test does, the performance ends, in bounded time, and nothing traps.
struct HostileServerTests {
    private static let transports: [TransportProtocol] = [.udp, .tcp]

    /// Performs the conversation, and checks that it ends in time.
    @discardableResult
    private func conversation(
        over transport: TransportProtocol, with server: @escaping (ReferenceServer) -> any Node & Sendable
    ) -> Performance {
        var options = CastingOptions()
        options.transport = transport
        let performance = Play.conversation.performed(options: options, server: server)
        let scenes = Play.conversation.preamble.count + Play.conversation.procedure.count + 2
        #expect(performance.elapsed <= .seconds(100) * scenes + .seconds(33))
        #expect(performance.trace.end == Simulation.epoch + performance.elapsed)
        return performance
    }

    @Test(arguments: transports)
    func `A server that is not there is unreachable`(transport: TransportProtocol) {
        let performance = conversation(over: transport) { _ in ScriptedServer() }
        guard case .unreachable(let reason) = performance.outcome else {
            Issue.record("\(performance.outcome)")
            return
        }
        #expect(reason.contains("nobody listens on 127.0.0.10:5060"))
        #expect(performance.elapsed < .seconds(1))
    }

    @Test(arguments: transports)
    func `A server that never says anything is unreachable`(transport: TransportProtocol) {
        let performance = conversation(over: transport) { ScriptedServer(inPlaceOf: $0) }
        #expect(performance.outcome == .unreachable(reason: "nothing at all has come from 127.0.0.10"))
    }

    @Test(arguments: transports)
    func `A server that answers garbage is judged by it`(transport: TransportProtocol) {
        let performance = conversation(over: transport) { reference in
            ScriptedServer(inPlaceOf: reference) { event in
                switch event {
                case .datagram(let bytes, let source, let local):
                    let garbage: [[UInt8]] = [[], [0], Array("SIP/2.0 200 OK\r\n\r\n".utf8), bytes.reversed(), bytes]
                    return garbage.map { .datagram($0, from: local, to: source) }
                case .received(let connection, let bytes):
                    return [.write(connection, bytes.reversed()), .write(connection, bytes)]
                case .start, .connected, .accepted, .certified, .refused, .closed, .undeliverable, .timer: return []
                }
            }
        }
        guard case .stalled("preamble", _) = performance.outcome else {
            Issue.record("\(performance.outcome)")
            return
        }
        #expect(!performance.received(by: Play.a).isEmpty)
    }

    @Test func `A server that closes every connection is judged by it`() {
        let performance = conversation(over: .tcp) { reference in
            ScriptedServer(inPlaceOf: reference) { event in
                if case .accepted(let connection, _, _) = event { [.close(connection)] } else { [] }
            }
        }
        guard case .stalled("preamble", let reason) = performance.outcome else {
            Issue.record("\(performance.outcome)")
            return
        }
        #expect(reason.hasPrefix("the server cannot be reached any more"))
    }

    @Test(arguments: transports)
    func `A server that floods changes nothing for the clients`(transport: TransportProtocol) {
        let performance = conversation(over: transport) { reference in
            WrappedServer(reference) { _, count, server in
                server().flatMap { effect -> [NodeEffect] in
                    guard case .datagram(let bytes, let local, let remote) = effect else { return [effect] }
                    return Array(repeating: effect, count: 20)
                        + (0..<10).map { number in
                            .datagram(Array(Self.options("\(count)-\(number)", bytes).utf8), from: local, to: remote)
                        }
                }
            }
        }
        #expect(performance.outcome == .completed)
    }

    @Test func `A flood without end stops the performance when the trace is full`() throws {
        let testCase = Play.conversation
        let server = SocketAddress(IPAddress(127, 0, 0, 10), port: 5060)
        let client = SocketAddress(IPAddress(127, 0, 0, 11), port: 5060)
        var stage = Stage(
            testCase, casting: testCase.casting, seed: 1, keepsOrder: true,
            patience: Stage.Patience(step: .seconds(100), quiet: .seconds(33), entries: 500))
        _ = stage.start(at: Simulation.epoch)
        for _ in 0..<600 {
            _ = stage.handle(.datagram([0], from: server, to: client), for: Play.a, at: Simulation.epoch)
        }
        #expect(stage.isFinished)
        #expect(stage.trace.entries.count <= 510)
        #expect(stage.remarks.last?.contains("500 entries") == true)
    }

    @Test func `A server that connects to the clients without end changes nothing for them`() {
        let first = 1_000_000
        let performance = conversation(over: .udp) { reference in
            WrappedServer(reference) { event, count, server in
                switch event {
                case .connected(let id, _, _) where id.number >= first: return [.write(id, Array("MSRP".utf8))]
                case .closed(let id, _) where id.number >= first: return []
                case .received(let id, _) where id.number >= first: return []
                case .start, .datagram, .connected, .accepted, .certified, .received, .refused, .closed,
                    .undeliverable, .timer:
                    break
                }
                let ports: [UInt16] = [5060, 2855]
                let calls = (0..<200).map { number in
                    let client = IPAddress(127, 0, 0, 11 + UInt8(number % 2))
                    return NodeEffect.connect(
                        ConnectionID(first + 2 * (200 * count + number)), from: IPAddress(127, 0, 0, 10),
                        to: SocketAddress(client, port: ports[number / 2 % 2]))
                }
                return server() + (event.text == nil || count > 20 ? [] : calls)
            }
        }
        #expect(performance.trace.entries.count > 1000)
    }

    @Test(arguments: transports)
    func `A server that falls silent at any message ends nothing but the case`(transport: TransportProtocol) {
        let all = messages(over: transport)
        #expect(all > 10)
        for last in (0..<all).sampled {
            conversation(over: transport) { reference in
                WrappedServer(reference) { _, count, server in count > last ? [] : server() }
            }
        }
    }

    @Test(arguments: transports)
    func `A server that breaks off at any message ends nothing but the case`(transport: TransportProtocol) {
        for last in (0..<messages(over: transport)).sampled {
            conversation(over: transport) { reference in
                WrappedServer(reference) { event, count, server in
                    guard count > last else { return server() }
                    switch event {
                    case .accepted(let connection, _, _), .received(let connection, _): return [.close(connection)]
                    case .start, .datagram, .connected, .certified, .refused, .closed, .undeliverable, .timer: return []
                    }
                }
            }
        }
    }

    @Test(arguments: transports)
    func `A server that garbles one message at any place ends nothing but the case`(transport: TransportProtocol) {
        for place in (1...messages(over: transport)).sampled {
            var generator = SeededGenerator(seed: UInt64(place))
            let seed = generator.next()
            conversation(over: transport) { reference in
                WrappedServer(reference) { _, count, server in
                    count == place ? server().map { $0.garbled(seed: seed) } : server()
                }
            }
        }
    }

    /// How many messages the server hears in a conversation.
    private func messages(over transport: TransportProtocol) -> Int {
        let performance = conversation(over: transport) { $0 }
        #expect(performance.outcome == .completed)
        return performance.sent(by: Play.a).count + performance.sent(by: Play.b).count
    }

    /// A request of its own, with the address of the client taken from what the server sends it.
    private static func options(_ number: String, _ bytes: [UInt8]) -> String {
        [
            "OPTIONS sip:anybody@127.0.0.11 SIP/2.0", "Via: SIP/2.0/UDP 127.0.0.10:5060;branch=z9hG4bK\(number)",
            "From: <sip:server@parley.example>;tag=\(number)", "To: <sip:anybody@parley.example>",
            "Call-ID: \(number)", "CSeq: 1 OPTIONS", "Max-Forwards: 70", "Content-Length: 0", "", "",
        ].joined(separator: "\r\n")
    }
}

extension NodeEffect {
    /// The effect with some of its bytes changed.
    fileprivate func garbled(seed: UInt64) -> NodeEffect {
        func garble(_ bytes: [UInt8]) -> [UInt8] {
            var generator = SeededGenerator(seed: seed)
            var bytes = bytes
            for _ in 0..<5 where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            return bytes
        }
        switch self {
        case .datagram(let bytes, let source, let destination):
            return .datagram(garble(bytes), from: source, to: destination)
        case .write(let connection, let bytes): return .write(connection, garble(bytes))
        case .connect, .connectSecurely, .close, .arm, .cancel: return self
        }
    }
}
