import Bytes
import NameResolution
import Network
import Testing

/// RFC 3263 §4: from a name to the servers that are to be tried, in their order.
struct ServerLocatorTests {
    /// A zone: what there is to be said of each name.
    private typealias Zone = [DNSQuery: [DNSRecord]]

    private static func address(_ last: UInt8) -> DNSRecord { .address(IPAddress(192, 0, 2, last)) }

    private static let zone: Zone = [
        DNSQuery(.naptr, "example.com"): [
            .rule(order: 50, preference: 20, flags: "s", service: "SIP+D2U", replacement: "_sip._udp.example.com"),
            .rule(order: 50, preference: 10, flags: "S", service: "sip+d2t", replacement: "_sip._tcp.example.com"),
            .rule(order: 10, preference: 10, flags: "s", service: "SIP+D2S", replacement: "_sip._sctp.example.com"),
            .rule(order: 10, preference: 10, flags: "u", service: "SIP+D2U", replacement: "_never.example.com"),
        ],
        DNSQuery(.srv, "_sip._udp.example.com"): [
            .server(priority: 0, weight: 0, port: 5070, target: "one.example.com")
        ],
        DNSQuery(.srv, "_sip._tcp.example.com"): [
            .server(priority: 20, weight: 1, port: 5080, target: "two.example.com"),
            .server(priority: 10, weight: 1, port: 5060, target: "one.example.com"),
        ],
        DNSQuery(.a, "one.example.com"): [address(1)],
        DNSQuery(.aaaa, "one.example.com"): [.address(IPAddress("2001:db8::1") ?? IPAddress(0, 0, 0, 0))],
        DNSQuery(.a, "two.example.com"): [address(2)],
    ]

    private static func locations(
        _ host: String, port: UInt16? = nil, _ transport: TransportProtocol? = nil, in zone: Zone = zone,
        seed: UInt64 = 1
    ) throws -> [String] {
        var generator = SeededGenerator(seed: seed)
        let locator = ServerLocator(host: host, port: port, transport: transport)
        return try locator.locations(choosingBy: &generator) { query in zone[query] ?? [] }
            .map { "\($0.transport.rawValue) \($0.address)" }
    }

    @Test func `The rules of a domain choose the transport, by order and preference, among those that are spoken`()
        throws
    {
        #expect(
            try Self.locations("example.com")
                == ["tcp 192.0.2.1:5060", "tcp [2001:db8::1]:5060", "tcp 192.0.2.2:5080"])
    }

    @Test func `Without rules the service names are tried, and without those the name itself`() throws {
        var zone = Self.zone
        zone[DNSQuery(.naptr, "example.com")] = nil
        #expect(try Self.locations("example.com", in: zone) == ["udp 192.0.2.1:5070", "udp [2001:db8::1]:5070"])
        zone[DNSQuery(.srv, "_sip._udp.example.com")] = nil
        #expect(try Self.locations("example.com", in: zone).first == "tcp 192.0.2.1:5060")
        #expect(try Self.locations("two.example.com") == ["udp 192.0.2.2:5060"])
    }

    @Test func `Secured servers have a rule, a service name and a port of their own`() throws {
        var zone = Self.zone
        #expect(try Self.locations("two.example.com", .tls) == ["tls 192.0.2.2:5061"])
        zone[DNSQuery(.srv, "_sips._tcp.example.com")] = [
            .server(priority: 0, weight: 0, port: 5063, target: "two.example.com")
        ]
        #expect(try Self.locations("example.com", .tls, in: zone) == ["tls 192.0.2.2:5063"])
        zone[DNSQuery(.naptr, "example.com")] = [
            .rule(order: 1, preference: 1, flags: "s", service: "SIPS+D2T", replacement: "_sips._tcp.example.com")
        ]
        #expect(try Self.locations("example.com", in: zone) == ["tls 192.0.2.2:5063"])
    }

    @Test func `A rule that leads nowhere is passed over`() throws {
        var zone = Self.zone
        zone[DNSQuery(.srv, "_sip._tcp.example.com")] = nil
        #expect(try Self.locations("example.com", in: zone).first == "udp 192.0.2.1:5070")
    }

    @Test func `A domain that says that it has no such service is not tried elsewhere`() {
        var zone = Self.zone
        zone[DNSQuery(.srv, "_sip._udp.example.com")] = [.server(priority: 0, weight: 0, port: 0, target: ".")]
        zone[DNSQuery(.a, "example.com")] = [Self.address(9)]
        let error = #expect(throws: ResolutionError.self) { try Self.locations("example.com", .udp, in: zone) }
        #expect(error?.description.hasPrefix("example.com says by _sip._udp.example.com") == true)
    }

    @Test func `A question that fails spoils nothing that others have found`() throws {
        func locations(failing: Set<DNSQuery>) throws -> [String] {
            var generator = SeededGenerator(seed: 1)
            let locator = ServerLocator(host: "example.com", transport: .tcp)
            return try locator.locations(choosingBy: &generator) { query throws(ResolutionError) in
                if failing.contains(query) { throw ResolutionError("it failed") }
                return Self.zone[query] ?? []
            }.map(\.address.description)
        }
        #expect(try locations(failing: [DNSQuery(.aaaa, "one.example.com")]) == ["192.0.2.1:5060", "192.0.2.2:5080"])
        let all: Set = [DNSQuery(.a, "one.example.com"), DNSQuery(.aaaa, "one.example.com")]
        #expect(try locations(failing: all) == ["192.0.2.2:5080"])
        let both = all.union([DNSQuery(.a, "two.example.com"), DNSQuery(.aaaa, "two.example.com")])
        #expect(throws: ResolutionError("it failed")) { try locations(failing: both) }
    }

    @Test func `A transport that is decided needs no rules, and a port needs no service names`() throws {
        #expect(try Self.locations("example.com", .udp).first == "udp 192.0.2.1:5070")
        #expect(try Self.locations("two.example.com", .tcp) == ["tcp 192.0.2.2:5060"])
        #expect(try Self.locations("two.example.com", .tls) == ["tls 192.0.2.2:5061"])
        var zone = Self.zone
        zone[DNSQuery(.srv, "_sips._tcp.example.com")] = [
            .server(priority: 0, weight: 0, port: 5071, target: "two.example.com")
        ]
        #expect(try Self.locations("example.com", .tls, in: zone) == ["tls 192.0.2.2:5071"])
        #expect(try Self.locations("two.example.com", port: 6000) == ["udp 192.0.2.2:6000"])
        #expect(try Self.locations("two.example.com", port: 6000, .tcp) == ["tcp 192.0.2.2:6000"])
    }

    @Test(arguments: [("192.0.2.9", "udp 192.0.2.9:5060"), ("[2001:db8::9]", "udp [2001:db8::9]:5060")])
    func `An address is looked up nowhere`(host: String, location: String) throws {
        #expect(try Self.locations(host, in: [:]) == [location])
    }

    @Test func `Servers of one priority come in an order that their weights decide, and each comes once`() throws {
        var zone = Self.zone
        zone[DNSQuery(.srv, "_sip._udp.example.com")] = [
            .server(priority: 1, weight: 90, port: 5061, target: "one.example.com"),
            .server(priority: 1, weight: 10, port: 5062, target: "two.example.com"),
        ]
        var firsts: [String: Int] = [:]
        for seed in 0..<200 {
            let found = try Self.locations("example.com", .udp, in: zone, seed: UInt64(seed))
            #expect(Set(found) == ["udp 192.0.2.1:5061", "udp [2001:db8::1]:5061", "udp 192.0.2.2:5062"])
            firsts[found[0], default: 0] += 1
        }
        let heavy = firsts["udp 192.0.2.1:5061", default: 0]
        #expect((150..<200).contains(heavy), "\(firsts)")
    }

    @Test func `A name without an address is told as such`() {
        #expect(throws: ResolutionError.self) { try Self.locations("nowhere.example") }
    }

    @Test func `Of a flood of records only so many are followed`() throws {
        var zone = Self.zone
        zone[DNSQuery(.srv, "_sip._udp.example.com")] = (0..<10_000).map {
            .server(priority: $0 % 3, weight: $0, port: 5060, target: "one.example.com")
        }
        #expect(try Self.locations("example.com", .udp, in: zone).count == 32)
        zone[DNSQuery(.naptr, "example.com")] = (0..<10_000).map {
            .rule(order: $0, preference: 0, flags: "s", service: "SIP+D2U", replacement: "_\($0).example.com")
        }
        var count = 0
        var generator = SeededGenerator(seed: 1)
        let records = zone
        _ = try ServerLocator(host: "example.com").locations(choosingBy: &generator) { query in
            count += 1
            return records[query] ?? []
        }
        #expect(count < 100)
    }
}
