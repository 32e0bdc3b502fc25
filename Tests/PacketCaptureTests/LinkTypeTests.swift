import Conformance
import Network
import Testing

@testable import PacketCapture

@Suite struct LinkTypeTests {
    private static let four: [UInt8] = {
        var builder = PacketBuilder()
        return builder.datagram([7, 7], from: Wire.address(Wire.a, 1), to: Wire.address(Wire.b, 2))
    }()

    private static let six: [UInt8] = {
        var builder = PacketBuilder()
        let ends = ["2001:db8::1", "2001:db8::2"].compactMap { IPAddress($0) }.map { Wire.address($0, 9) }
        return builder.datagram([7, 7], from: ends[0], to: ends[1])
    }()

    private static let addresses = [UInt8](repeating: 2, count: 12)

    @Test(
        arguments: [
            (.raw, four), (.raw, six), (.ipv4, four), (.ipv6, six), (.ethernet, addresses + [0x08, 0x00] + four),
            (.ethernet, addresses + [0x86, 0xDD] + six),
            (.ethernet, addresses + [0x81, 0x00, 0, 5, 0x08, 0x00] + four),
            (.ethernet, addresses + [0x88, 0xA8, 0, 5, 0x81, 0x00, 0, 6, 0x86, 0xDD] + six),
            (.ethernet, addresses + [0x08, 0x00] + four + [0, 0, 0, 0, 0, 0, 0, 0]),
            (.null, [2, 0, 0, 0] + four), (.null, [0, 0, 0, 2] + four), (.null, [30, 0, 0, 0] + six),
            (.loop, [0, 0, 0, 2] + four),
            (.linuxSLL, [0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 0x08, 0x00] + four),
            (.linuxSLL, [0, 4, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 0x86, 0xDD] + six),
            (.linuxSLL2, [0x08, 0x00, 0, 0, 0, 0, 0, 2, 0, 1, 4, 6, 1, 2, 3, 4, 5, 6, 0, 0] + four),
        ] as [(LinkType, [UInt8])])
    func `The datagram is found behind the header of the link`(linkType: LinkType, frame: [UInt8]) {
        let trace = Wire.capture([frame], linkType: linkType).trace()
        #expect(trace.entries.map(\.content) == [.datagram([7, 7])])
        #expect(trace.defects.isEmpty)
    }

    @Test(
        arguments: [
            (
                .linuxSLL, [0, 4, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0],
                [0, 0, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0]
            ),
            (
                .linuxSLL2, [8, 0, 0, 0, 0, 0, 0, 1, 3, 4, 4, 6, 0, 0, 0, 0, 0, 0, 0, 0],
                [8, 0, 0, 0, 0, 0, 0, 1, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0]
            ),
        ] as [(LinkType, [UInt8], [UInt8])])
    func `Of a packet that a loopback interface shows twice, one is taken`(
        linkType: LinkType, goingOut: [UInt8], comingIn: [UInt8]
    ) {
        let trace = Wire.capture([goingOut + Self.four, comingIn + Self.four], linkType: linkType).trace()
        #expect(trace.entries.map(\.packet) == [2])
    }

    @Test func `Other protocols are passed over without a word`() {
        let arp = Self.addresses + [0x08, 0x06] + [UInt8](repeating: 0, count: 28)
        let trace = Wire.capture([arp, [], [1, 2, 3]], linkType: .ethernet).trace()
        #expect(trace.entries.isEmpty)
        #expect(trace.defects.isEmpty)
    }

    @Test func `Packets of a link type that cannot be read are counted`() {
        let trace = Wire.capture([Self.four, Self.four], linkType: LinkType(rawValue: 105)).trace()
        #expect(trace.defects == ["2 packets were left out: link type 105 is not one of those read here."])
    }
}
