import Network
import SIPSyntax
import Testing

@testable import ReferenceServer

/// Where a URI leads.
///
/// RFC 3263 §4, for hosts that are addresses
@Suite struct TargetTests {
    @Test(arguments: [
        ("sip:bob@127.0.0.12", TransportProtocol.udp, "127.0.0.12:5060"),
        ("sip:bob@127.0.0.12:6000;transport=TCP", .tcp, "127.0.0.12:6000"),
        ("sip:[::1]:5070;transport=udp", .udp, "[::1]:5070"),
        ("sip:bob@127.0.0.12;transport=tls", .tls, "127.0.0.12:5061"), ("sips:bob@127.0.0.12", .tls, "127.0.0.12:5061"),
        ("sips:bob@127.0.0.12:6000;transport=tcp", .tls, "127.0.0.12:6000"),
    ])
    func `An address leads somewhere`(uri: String, transport: TransportProtocol, address: String) throws {
        let target = try #require(try SIPURI(parsing: uri).target)
        #expect(target.transport == transport)
        #expect(target.address.description == address)
    }

    @Test(arguments: [
        "sip:bob@somewhere.example", "sips:bob@127.0.0.12;transport=udp", "sip:bob@127.0.0.12;transport=ws",
        "sip:bob@1.2.3.4.5",
    ])
    func `Names, SIPS over datagrams and other transports lead nowhere`(uri: String) throws {
        #expect(try SIPURI(parsing: uri).target == nil)
    }

    @Test(arguments: ["127.0.0.1", "[::1]"]) func `A host is written as it is read`(host: String) {
        #expect(IPAddress(host: host)?.host == host)
    }
}
