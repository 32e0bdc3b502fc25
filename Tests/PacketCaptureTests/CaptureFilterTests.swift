import Network
import Testing

@testable import PacketCapture

/// Whose packets are captured, in the language of pcap-filter(7).
struct CaptureFilterTests {
    private static func block(_ subnets: ClosedRange<UInt8>) -> Set<IPAddress> {
        Set(subnets.flatMap { subnet in (11...14).map { IPAddress(127, 0, subnet, $0) } })
    }

    @Test func `Single addresses are named, of IPv4 and of IPv6`() throws {
        let six = try #require(IPAddress("2001:db8::7"))
        #expect(
            LiveCapture.filter(for: [six, IPAddress(192, 0, 2, 9), IPAddress(192, 0, 2, 7)])
                == "host 192.0.2.7 or host 192.0.2.9 or host 2001:db8::7")
    }

    @Test func `The clients of any number of blocks are two ranges, as sources and as destinations`() {
        #expect(
            LiveCapture.filter(for: Self.block(0...199)) == """
                (ip[12:2] = 32512 and ip[14] >= 0 and ip[14] <= 199 and ip[15] >= 11 and ip[15] <= 14) or \
                (ip[16:2] = 32512 and ip[18] >= 0 and ip[18] <= 199 and ip[19] >= 11 and ip[19] <= 14)
                """)
    }

    @Test func `Addresses that are no neighbours stay apart, and no other comes in between`() {
        let addresses = Self.block(3...3).union([IPAddress(127, 0, 5, 11), IPAddress(10, 0, 0, 255)])
        #expect(
            LiveCapture.filter(for: addresses) == """
                host 10.0.0.255 or \
                (ip[12:2] = 32512 and ip[14] >= 3 and ip[14] <= 3 and ip[15] >= 11 and ip[15] <= 14) or \
                (ip[16:2] = 32512 and ip[18] >= 3 and ip[18] <= 3 and ip[19] >= 11 and ip[19] <= 14) or \
                host 127.0.5.11
                """)
    }
}
