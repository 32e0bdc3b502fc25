import Assessment
import Conformance
import Execution
import Network
import Synchronization
import TestSupport
import Testing
import Transport

/// The same performances over real sockets, on loopback addresses that nobody else uses.
@Suite(.serialized, .waitsForOthers)
struct LiveRunTests {
    private static let patience = Stage.Patience(step: .seconds(10), quiet: .seconds(1))

    private static func run(
        _ testCase: TestCase, slot: UInt8, options: CastingOptions = CastingOptions(),
        observe: (Step) -> Void = { _ in }
    ) throws -> Performance {
        let casting = Casting(testCase, slot: slot, identity: "l1ve0", options: options)
        return try LiveRun(testCase, casting: casting, seed: 1, patience: patience).perform(observe: observe)
    }

    @Test(arguments: Shipped.ids, [TransportProtocol.udp, .tcp, .tls])
    func `The shipped cases complete, and pass`(id: String, transport: TransportProtocol) throws {
        var options = CastingOptions()
        options.transport = transport
        let testCase = try Shipped.testCase(id)
        let performance = try Self.run(testCase, slot: 10, options: options)
        #expect(performance.outcome == .completed)
        #expect(performance.remarks == [])
        let assessed = Assessor(testCase).assess(performance.trace)
        #expect(assessed.complaints == [])
        #expect(assessed.interop == .pass && assessed.conformance == .pass)
        #expect(performance.secrets.isEmpty == (transport != .tls))
    }

    @Test func `Steps are told as they begin`() throws {
        let testCase = try Shipped.testCase("IM-2.0-int-101")
        var steps: [Step] = []
        _ = try Self.run(testCase, slot: 11) { steps.append($0) }
        #expect(steps == testCase.preamble + testCase.procedure + testCase.postamble)
    }

    @Test func `The messages of the clients are those of the simulation`() throws {
        let testCase = try Shipped.testCase("IM-2.0-int-201")
        func starts(_ performance: Performance) -> [String] {
            [Play.a, Play.b].flatMap { performance.sent(by: $0).map(\.start) }
        }
        let live = try Self.run(testCase, slot: 12)
        let casting = Casting(testCase, slot: 12, identity: "l1ve0")
        let simulated = Simulation(testCase, casting: casting, seed: 1).perform()
        #expect(starts(live) == starts(simulated))
        #expect(live.trace.datagramsKeepOrder)
    }

    @Test(arguments: [TransportProtocol.udp, .tcp])
    func `A port in use is told in a sentence`(transport: TransportProtocol) throws {
        let loop = try EventLoop()
        defer { loop.shutDown() }
        let address = SocketAddress(IPAddress(127, 0, 13, 12), port: 5060)
        _ = try loop.add([ListeningPoint(transport, address)], named: "another program")
        let error = #expect(throws: TransportError.self) {
            try Self.run(try Shipped.testCase("IM-2.0-int-201"), slot: 13)
        }
        #expect(error?.cause == .addressInUse)
        let place = "127.0.13.12:5060 (\(transport == .udp ? "UDP" : "TCP"))"
        #expect(
            error?.description
                == "\(place) is used by another program; end it, or give the party another address or port.")
    }

    @Test(arguments: [TransportProtocol.udp, .tcp])
    func `A server address where nobody listens is unreachable`(transport: TransportProtocol) throws {
        var options = CastingOptions()
        options.server = SocketAddress(IPAddress(127, 0, 14, 99), port: 5060)
        options.transport = transport
        let performance = try Self.run(try Shipped.testCase("IM-2.0-int-201"), slot: 14, options: options)
        guard case .unreachable(let reason) = performance.outcome else {
            Issue.record("\(performance.outcome)")
            return
        }
        #expect(reason.contains("127.0.14.99:5060"))
        #expect(performance.elapsed < .seconds(5))
    }
}
