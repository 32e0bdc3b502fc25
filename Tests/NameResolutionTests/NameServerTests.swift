import Foundation
import NameResolution
import Network
import TestSupport
import Testing

/// c-ares, against a name server of the test on loopback.
struct NameServerTests {
    @Test func `Records of each type are read as the name server gives them`() throws {
        let zone = try ZoneServer([
            DNSQuery(.a, "im.example.com"): [.address(IPAddress(192, 0, 2, 1)), .address(IPAddress(192, 0, 2, 2))],
            DNSQuery(.aaaa, "im.example.com"): [.address(try #require(IPAddress("2001:db8::1")))],
            DNSQuery(.srv, "_sip._udp.example.com"): [
                .server(priority: 1, weight: 2, port: 5070, target: "im.example.com")
            ],
            DNSQuery(.naptr, "example.com"): [
                .rule(order: 1, preference: 2, flags: "s", service: "SIP+D2U", replacement: "_sip._udp.example.com")
            ],
        ])
        let server = try NameServer([zone.address])
        for (query, records) in zone.records {
            #expect(Set(try server.records(query)) == Set(records), "\(query)")
        }
    }

    @Test func `A name that does not exist has no records`() throws {
        let zone = try ZoneServer([:])
        #expect(try NameServer([zone.address]).records(DNSQuery(.a, "nowhere.example")) == [])
    }

    @Test func `A name server that fails, or answers with noise, is told`() throws {
        let failing = try ZoneServer([:], conduct: .fails)
        let error = #expect(throws: ResolutionError.self) {
            try NameServer([failing.address]).records(DNSQuery(.a, "im.example.com"))
        }
        #expect(error?.description.hasPrefix("\(failing.address) did not answer for A im.example.com: ") == true)
        let noisy = try ZoneServer([:], conduct: .isNoisy)
        #expect(throws: ResolutionError.self) {
            try NameServer([noisy.address], patience: .milliseconds(1)).records(DNSQuery(.a, "im.example.com"))
        }
    }
}
