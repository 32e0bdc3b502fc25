import Network
import Testing

struct HostPortTests {
    @Test(
        arguments: [
            ("192.0.2.7", "192.0.2.7", nil), ("192.0.2.7:5062", "192.0.2.7", 5062), ("2001:db8::7", "2001:db8::7", nil),
            ("[2001:DB8::7]", "2001:db8::7", nil), ("[::1]:5060", "::1", 5060), ("example.com", "example.com", nil),
            ("im-1.example.com:5070", "im-1.example.com", 5070), ("localhost", "localhost", nil),
        ] as [(String, String, UInt16?)])
    func `A host is an address or a name, with a port or without`(text: String, host: String, port: UInt16?) throws {
        let place = try #require(HostPort(text))
        #expect(place.host == host)
        #expect(place.port == port)
        #expect((place.address == nil) == host.contains { $0.isLetter && !$0.isHexDigit })
        #expect(HostPort(place.description) == place)
    }

    @Test(arguments: [
        "", ":", ":5060", "300.0.2.7", "192.0.2.7:0", "192.0.2.7:65536", "192.0.2.7:x", "example..com", "a b", "a_b",
        "[::1", "::1]:5060", "[192.0.2]:5060", "example.com:", "a:b:1",
    ])
    func `What is no host is refused`(text: String) {
        #expect(HostPort(text) == nil)
    }
}
