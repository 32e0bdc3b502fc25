import Network
import Testing

struct IPAddressTests {
    @Test(arguments: [
        ("127.0.0.11", "127.0.0.11"),
        ("192.0.2.007", "192.0.2.7"),
        ("::", "::"),
        ("::1", "::1"),
        ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("fe80::", "fe80::"),
        ("::ffff:192.0.2.128", "::ffff:c000:280"),
        ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
    ])
    func `An address is written in its canonical form`(text: String, canonical: String) throws {
        let address = try #require(IPAddress(text))
        #expect(address.description == canonical)
        #expect(IPAddress(canonical) == address)
    }

    @Test(arguments: [
        "", "127.0.0", "127.0.0.1.", "127.0.0.256", "127.0.0.+1", "127.0.0.0001", "127.0.0. 1", "example.com", ":",
        ":::", "1::2::3", "::+1", "::-1", "::12345", "::g", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8",
        "::1%lo", "[::1]", "::192.0.2", "1:2:3:4:5:6:7:192.0.2.1",
    ])
    func `Anything else is no address`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `There are four bytes or sixteen`() {
        #expect(IPAddress(bytes: [127, 0, 0, 1]) == IPAddress(127, 0, 0, 1))
        #expect(IPAddress(bytes: Array(repeating: 0, count: 16)) == IPAddress("::"))
        #expect(IPAddress(bytes: []) == nil)
        #expect(IPAddress(bytes: [127, 0, 0]) == nil)
    }

    @Test(arguments: [("127.0.0.1", true), ("127.9.9.9", true), ("128.0.0.1", false), ("::1", true), ("::2", false)])
    func `Loopback is 127 and everything below, or the one address of IPv6`(text: String, isLoopback: Bool) {
        #expect(IPAddress(text)?.isLoopback == isLoopback)
    }

    @Test func `The host of a URI has brackets around an IPv6 address`() throws {
        let six = try #require(IPAddress("::1"))
        #expect(six.host == "[::1]")
        #expect(IPAddress(host: "[::1]") == six)
        #expect(IPAddress(host: "127.0.0.1")?.host == "127.0.0.1")
        #expect(IPAddress(host: "[::1") == nil)
        #expect(IPAddress(host: "example.com") == nil)
    }

    @Test func `A port stands after a colon, and IPv6 in brackets before it`() throws {
        let six = try #require(IPAddress("2001:db8::7"))
        #expect(SocketAddress(IPAddress(192, 0, 2, 7), port: 5060).description == "192.0.2.7:5060")
        #expect(SocketAddress(six, port: 5060).description == "[2001:db8::7]:5060")
    }
}
