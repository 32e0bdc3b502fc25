import Conformance
import NameResolution
import Network
import TestSupport
import Testing

/// A system under test that is known by its name.
@Suite(.waitsForOthers)
struct ServerNameTests {
    private let workplace: Workplace
    private let block = AddressBlock.next()
    private let clients = AddressBlock.next()

    init() throws { workplace = try Workplace() }

    /// What a domain says whose server is spoken to by TCP first, and then by UDP.
    private var zone: [DNSQuery: [DNSRecord]] {
        let servers: [DNSRecord] = [.server(priority: 1, weight: 1, port: 5060, target: "im.home.example")]
        return [
            DNSQuery(.naptr, "home.example"): [
                .rule(order: 1, preference: 1, flags: "s", service: "SIP+D2T", replacement: "_sip._tcp.home.example"),
                .rule(order: 2, preference: 1, flags: "s", service: "SIP+D2U", replacement: "_sip._udp.home.example"),
            ],
            DNSQuery(.srv, "_sip._tcp.home.example"): servers, DNSQuery(.srv, "_sip._udp.home.example"): servers,
            DNSQuery(.a, "im.home.example"): [.address(block.server)],
            DNSQuery(.a, "docs.home.example"): [.address(block.server)],
        ]
    }

    private func run(
        at name: String, _ zone: [DNSQuery: [DNSRecord]], _ options: [String] = []
    ) throws -> Program.Outcome {
        let names = try ZoneServer(zone)
        return try workplace.parley(
            ["run", "IM-2.0-int-201", "--server", name, "--name-server", "\(names.address)"]
                + ["--capture-source", "actors"] + clients.arguments + options)
    }

    /// By which transports requests of this method went.
    private func transports(of method: String) throws -> Set<TransportProtocol> {
        Set(try workplace.report().run.cases[0].messages.filter { $0.label.hasPrefix(method) }.map(\.transport))
    }

    @Test func `The server of a domain is found by its records, and spoken to as they say`() throws {
        let server = try ServedServer(at: block.server, in: workplace, [])
        let outcome = try run(at: "home.example", zone)
        withExtendedLifetime(server) {}
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        #expect(try transports(of: "REGISTER") == [.tcp])
    }

    @Test func `A transport that an option names is spoken, whatever the records prefer`() throws {
        let server = try ServedServer(at: block.server, in: workplace, [])
        let outcome = try run(at: "home.example", zone, ["--transport", "udp"])
        withExtendedLifetime(server) {}
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        #expect(try transports(of: "REGISTER") == [.udp])
    }

    private func describe(_ lines: String...) throws {
        try workplace.write(
            """
            name: Server of a domain
            domain: home.example
            \(lines.joined(separator: "\n"))
            clients:
              - { client: A, address: \(clients.client("A")) }
              - { client: B, address: \(clients.client("B")) }
            """.utf8, to: "fixtures/systems/home/system.yaml")
    }

    @Test func `A description names a domain, and whom to ask for it`() throws {
        let server = try ServedServer(at: block.server, in: workplace, [])
        let names = try ZoneServer(zone)
        try describe(
            "server: home.example", "name-server: \(names.address)", "xcap: http://docs.home.example:8080/")
        let outcome = try workplace.parley("run", "--sut", "home", "IM-2.0-int-201", "--capture-source", "actors")
        withExtendedLifetime(server) {}
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        #expect(try transports(of: "REGISTER") == [.tcp])
        let documents = try workplace.report().run.cases[0].messages.filter { $0.label.hasPrefix("GET") }
        #expect(!documents.isEmpty)
        for request in documents {
            #expect(String(decoding: request.bytes, as: UTF8.self).contains("\r\nHost: docs.home.example:8080\r\n"))
        }
    }

    @Test(arguments: ["", "transport: tcp"])
    func `All go to an outbound proxy, which is the first route, for a server that nobody looks up`(
        transport: String
    ) throws {
        let server = try ServedServer(at: block.server, in: workplace, [])
        try describe("server: home.example", "proxy: \(block.server)", transport)
        let outcome = try workplace.parley(
            "run", "--sut", "home", "IM-2.0-int-101", "IM-2.0-int-201", "--capture-source", "actors")
        withExtendedLifetime(server) {}
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        let messages = try workplace.report().run.cases.flatMap(\.messages)
        let route = "Route: <sip:\(block.server)\(transport.isEmpty ? "" : ";transport=tcp");lr>"
        for line in ["REGISTER sip:home.example SIP/2.0", "MESSAGE sip:bob", "INVITE sip:bob"] {
            let sent = messages.filter {
                $0.sender != .server && String(decoding: $0.bytes, as: UTF8.self).hasPrefix(line)
            }
            #expect(!sent.isEmpty, "\(line)")
            for message in sent { #expect(String(decoding: message.bytes, as: UTF8.self).contains(route), "\(line)") }
        }
        // RFC 3261 §12.1.2: within a dialog its own route set counts, even an empty one.
        let within = messages.filter { $0.label.hasPrefix("BYE") || $0.label.hasPrefix("ACK") }
        #expect(!within.isEmpty && !within.contains { String(decoding: $0.bytes, as: UTF8.self).contains(route) })
    }

    @Test func `An option names an outbound proxy, and none without a server behind it`() throws {
        let server = try ServedServer(at: block.server, in: workplace, [])
        let outcome = try run(
            at: "elsewhere.example", [:], ["--proxy", "\(block.server)", "--domain", "home.example"])
        withExtendedLifetime(server) {}
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.complaints)")
        let alone = try workplace.parley("run", "--proxy", "192.0.2.5")
        #expect(alone.status == 2)
        #expect(alone.complaints.contains("--proxy needs a server behind it"))
        #expect(
            try workplace.parley("run", "--server", "x", "--proxy", "y:z").complaints.contains("--proxy takes an IP"))
    }

    @Test func `A name server that does not answer is an error of the environment`() throws {
        let outcome = try workplace.parley(
            "run", "--server", "home.example", "--name-server", "\(block.server):5999")
        #expect(outcome.status == 4)
        #expect(outcome.complaints.contains("The server cannot be found: \(block.server):5999 did not answer for "))
        #expect(!workplace.exists("reports"))
    }

    @Test func `A name that leads nowhere is told in a sentence, and nothing is sent`() throws {
        let outcome = try run(at: "nowhere.example", [:])
        #expect(outcome.status == 2)
        #expect(outcome.complaints.contains("The server cannot be found: nowhere.example has no address"))
        #expect(!workplace.exists("reports"))
    }
}
