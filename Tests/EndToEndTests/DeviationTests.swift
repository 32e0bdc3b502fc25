import Conformance
import Network
import TestSupport
import Testing

/// What a description says that a system does otherwise changes what clients do and what is judged.
@Suite(.waitsForOthers)
struct DeviationTests {
    private let workplace: Workplace
    private let block = AddressBlock.next()
    private let clients = AddressBlock.next()

    init() throws { workplace = try Workplace(.these(["104", "107", "203"])) }

    @Test func `Clients and criteria go the way of the system that is described`() throws {
        let server = try ServedServer(at: block.server, in: workplace, [])
        let lines = ["A", "B", "C"].map { "  - { client: \($0), address: \(clients.client(Character($0))) }" }
        try workplace.write(
            """
            name: Home
            server: \(block.server)
            domain: home.example
            xcap: http://\(block.server):8080/
            deviations: [list-messages-by-exploder, taken-alias-refused]
            clients:
            \(lines.joined(separator: "\n"))
            """.utf8, to: "fixtures/systems/home/system.yaml")
        let outcome = try workplace.parley("run", "--sut", "home", "*104", "*203", "--capture-source", "actors")
        withExtendedLifetime(server) {}
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        #expect(outcome.output.contains("described as one that deviates"))
        let cases = try workplace.report().run.cases
        #expect(cases[0].findings.first { $0.check == "104.1b" }?.kind == .warning)
        #expect(cases[0].findings.first { $0.check == "104.1" }?.kind == .criterion)
        let messages = cases[1].messages
        #expect(messages.contains { $0.label.hasPrefix("MESSAGE sip:exploder@home.example") })
        #expect(!messages.contains { $0.label.hasPrefix("MESSAGE sip:conference-factory@") })
        // A capture of the run says by itself what its system was known for.
        let judged = try workplace.parley("judge", "reports/latest/cases/IM-2.0-int-203/capture.pcapng")
        #expect(judged.status == 0 && judged.output.contains("list-messages-by-exploder"), "\(judged.output)")
    }

    @Test func `A case that a deviation leaves nothing to test is not applicable, with the deviation as reason`() throws
    {
        try workplace.write(
            """
            name: Home
            server: 127.0.0.1:1
            domain: home.example
            deviations: [one-to-one-by-factory]
            """.utf8, to: "fixtures/systems/home/system.yaml")
        let outcome = try workplace.parley("run", "--sut", "home", "*107", "--capture-source", "actors")
        #expect(outcome.status == 5, "\(outcome.output)\(outcome.complaints)")
        let result = try #require(try workplace.report().run.cases.first)
        guard case .notApplicable(let reason) = result.outcome else {
            Issue.record("\(result.outcome)")
            return
        }
        #expect(reason.hasPrefix("Deviation one-to-one-by-factory: A session of two by way of the factory is "))
        let explained = try workplace.parley("explain", "IM-2.0-int-107").output
        #expect(explained.contains("Not under:    one-to-one-by-factory: A session of two"), "\(explained)")
    }
}
