import Assessment
import Bytes
import Conformance
import Network
import ReferenceServer
import TestSupport
import Testing

@testable import Execution

/// All cases with SIP and MSRP over TLS, which in memory means its addresses, URIs and fingerprints.
struct SecuredCaseTests {
    private static func perform(_ id: String, routing: ReferenceServer.SessionRouting = .backToBack) throws -> Assessed
    {
        var options = CastingOptions()
        options.transport = .tls
        options.sessionRouting = routing
        let testCase = try Shipped.testCase(id)
        let casting = Casting(testCase, slot: 0, identity: "t1s", options: options)
        let performance = Simulation(testCase, casting: casting, seed: 7).perform()
        #expect(performance.outcome == .completed)
        #expect(performance.remarks == [])
        return Assessor(testCase).assess(performance.trace)
    }

    @Test(arguments: Shipped.all.sampled)
    func `Every case passes over TLS`(id: String) throws {
        let assessed = try Self.perform(id)
        #expect(assessed.complaints == [])
        #expect(assessed.interop == .pass && assessed.conformance == .pass)
    }

    @Test func `Sessions pass over TLS from client to client`() throws {
        let assessed = try Self.perform("IM-2.0-int-201", routing: .recordRoute)
        #expect(assessed.complaints == [])
    }

    @Test func `Messages say that they go over TLS`() throws {
        var options = CastingOptions()
        options.transport = .tls
        let testCase = try Shipped.testCase("IM-2.0-int-101")
        let casting = Casting(testCase, slot: 0, identity: "t1s", options: options)
        let performance = Simulation(testCase, casting: casting, seed: 7).perform()
        let texts = performance.trace.entries.map { entry in
            if case .stream(let bytes) = entry.content { String(decoding: bytes, as: UTF8.self) } else { "" }
        }
        let invite = try #require(texts.first { $0.hasPrefix("INVITE ") })
        #expect(invite.contains("Via: SIP/2.0/TLS 127.0.0.11:5061;"))
        #expect(invite.contains("@127.0.0.11:5061;transport=tls>"))
        #expect(invite.contains("TCP/TLS/MSRP"))
        #expect(invite.contains("a=fingerprint:sha-256 "))
        #expect(texts.contains { $0.contains("To-Path: msrps://") })
        #expect(!texts.contains { $0.contains("msrp://") || $0.contains("SIP/2.0/TCP") || $0.contains("SIP/2.0/UDP") })
    }

    @Test func `A certificate that is not the described one opens no connection`() throws {
        let point = ListeningPoint(
            .tls, SocketAddress(IPAddress(127, 0, 0, 2), port: 2855), admitting: .certified)
        let own = try #require(CertificateFingerprint(.sha256, [UInt8](repeating: 1, count: 32)))
        let other = try #require(CertificateFingerprint(.sha256, [UInt8](repeating: 2, count: 32)))
        var network = SimulatedNetwork<String>(conditions: .perfect, generator: SeededGenerator(seed: 1))
        network.attach("A", listeningPoints: [], certificate: other)
        network.attach("B", listeningPoints: [point], certificate: own)
        func open(_ peer: ExpectedPeer?) -> [NodeEvent] {
            network.connect(
                ConnectionID(0), of: "A", from: IPAddress(127, 0, 0, 1), to: point.address, expecting: peer,
                at: Simulation.epoch
            ).map(\.0.event)
        }
        guard case .closed(_, let reason?)? = open(.fingerprint(other)).first else {
            Issue.record("It was opened")
            return
        }
        #expect(reason.contains("fingerprint"))
        guard case .closed? = open(nil).first else {
            Issue.record("It was opened without TLS")
            return
        }
        let events = open(.fingerprint(own))
        #expect(events.contains { if case .certified(_, [other]) = $0 { true } else { false } })
    }
}
