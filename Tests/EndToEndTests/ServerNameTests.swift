import Conformance
import NameResolution
import Network
import TestSupport
import Testing

/// A system under test that is known by its name.
struct ServerNameTests {
    private let workplace: Workplace
    private let block = AddressBlock.next()
    private let clients = AddressBlock.next()

    init() throws { workplace = try Workplace() }

    private func run(at name: String, _ zone: [DNSQuery: [DNSRecord]]) throws -> Program.Outcome {
        let names = try ZoneServer(zone)
        return try workplace.parley(
            ["run", "IM-2.0-int-201", "--server", name, "--name-server", "\(names.address)"]
                + ["--capture-source", "actors"] + clients.arguments)
    }

    @Test func `The server of a domain is found by its records, and spoken to as they say`() throws {
        let server = try ServedServer(at: block.server, in: workplace, [])
        let outcome = try run(
            at: "home.example",
            [
                DNSQuery(.naptr, "home.example"): [
                    .rule(
                        order: 1, preference: 1, flags: "s", service: "SIP+D2T", replacement: "_sip._tcp.home.example")
                ],
                DNSQuery(.srv, "_sip._tcp.home.example"): [
                    .server(priority: 1, weight: 1, port: 5060, target: "im.home.example")
                ],
                DNSQuery(.a, "im.home.example"): [.address(block.server)],
            ])
        withExtendedLifetime(server) {}
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        let run = try workplace.report().run
        #expect(run.cases[0].messages.contains { $0.transport == .tcp && $0.label.hasPrefix("REGISTER") })
    }

    @Test func `A name that leads nowhere is told in a sentence, and nothing is sent`() throws {
        let outcome = try run(at: "nowhere.example", [:])
        #expect(outcome.status == 2)
        #expect(outcome.complaints.contains("The server cannot be found: nowhere.example has no address"))
        #expect(!workplace.exists("reports"))
    }
}
