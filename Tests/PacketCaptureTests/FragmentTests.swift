import Bytes
import Conformance
import Network
import Testing

@testable import PacketCapture

@Suite struct FragmentTests {
    private static let message = Wire.bytes(4_000)
    private static let four = fragments(of: message, isIPv6: false)
    private static let six = fragments(of: message, isIPv6: true)

    @Test(arguments: [four, six])
    func `Fragments are put together, and the last to come completes the datagram`(fragments: [[UInt8]]) {
        let trace = Wire.capture(fragments).trace()
        #expect(trace.entries.map(\.content) == [.datagram(Self.message)])
        #expect(trace.entries.map(\.packet) == [fragments.count])
        #expect(trace.entries.map(\.time) == [Wire.at(Int64(fragments.count - 1))])
        #expect(trace.defects.isEmpty)
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func `Fragments may come in any order, and twice`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for fragments in [Self.four, Self.six] {
            var packets = fragments.shuffled(using: &generator)
            packets.insert(packets[0], at: 1)
            #expect(Wire.capture(packets).trace().entries.map(\.content) == [.datagram(Self.message)])
        }
    }

    @Test(arguments: [four, six])
    func `A datagram that lacks a fragment is left out, and that is said`(fragments: [[UInt8]]) {
        for missing in fragments.indices {
            var packets = fragments
            packets.remove(at: missing)
            let trace = Wire.capture(packets).trace()
            #expect(trace.entries.isEmpty)
            #expect(trace.defects == ["1 packet was left out: fragments are missing."])
        }
    }

    @Test func `Fragments of different datagrams are kept apart`() {
        let other = Self.fragments(of: Wire.bytes(4_000, seed: 2), isIPv6: false, identification: 2)
        let packets = zip(Self.four, other).flatMap { [$0, $1] }
        let contents = Wire.capture(packets).trace().entries.map(\.content)
        #expect(contents == [.datagram(Self.message), .datagram(Wire.bytes(4_000, seed: 2))])
    }

    @Test func `An identification that is used again later is another datagram's`() {
        var capture = Wire.capture([Self.four[0]] + Self.four)
        for index in 1..<capture.packets.count { capture.packets[index].time = Wire.at(61_000_000) }
        let trace = capture.trace()
        #expect(trace.entries.map(\.content) == [.datagram(Self.message)])
        #expect(trace.defects == ["1 packet was left out: fragments are missing."])
    }

    @Test func `Where fragments overlap, the bytes that came first count`() {
        let parts = Self.parts(of: Self.message, isIPv6: false)
        let forged = [UInt8](repeating: 0, count: 1_480)
        let packets = [
            Self.fragment(parts, 0..<1_480), Self.fragment(parts, 2_960..<parts.count),
            Self.fragment(forged + forged, 1_472..<2_952), Self.fragment(parts, 1_480..<2_960),
        ]
        let expected =
            Array(parts[..<1_480]) + [UInt8](repeating: 0, count: 1_472) + Array(parts[2_952...])
        let content = Wire.capture(packets).trace().entries.map(\.content)
        #expect(content == [.datagram(Array(expected.dropFirst(8)))])
    }

    @Test func `A fragment beyond the end of its datagram does not fit`() {
        let parts = Self.parts(of: Self.message, isIPv6: false)
        let packets = [
            Self.fragment(parts, 2_960..<parts.count), Self.fragment(parts + parts, 8_000..<8_016),
        ]
        #expect(Wire.capture(packets).trace().defects == ["1 packet was left out: fragments are missing."])
    }

    @Test func `A packet of IPv6 that is called a fragment but is whole is whole`() {
        let parts = Self.parts(of: [1, 2, 3], isIPv6: true)
        let packet = Self.packet([IPPacket.udp, 0] + UInt16(0).octets + UInt32(5).octets + parts, next: 44)
        #expect(Wire.capture([packet]).trace().entries.map(\.content) == [.datagram([1, 2, 3])])
    }

    @Test func `Options before and behind the fragments of IPv6 are passed over`() {
        let options: [UInt8] = [44, 0, 1, 4, 0, 0, 0, 0]
        let behind: [UInt8] = [IPPacket.udp, 0, 1, 4, 0, 0, 0, 0]
        let parts = behind + Self.parts(of: Self.message, isIPv6: true)
        let packets = stride(from: 0, to: parts.count, by: 1_400).map { start in
            let end = min(parts.count, start + 1_400)
            let position = UInt16(start) | (end < parts.count ? 1 : 0)
            return Self.packet(
                options + [60, 0] + position.octets + UInt32(5).octets + Array(parts[start..<end]), next: 0)
        }
        #expect(Wire.capture(packets).trace().entries.map(\.content) == [.datagram(Self.message)])
    }

    @Test func `A packet that the capture has cut short carries no datagram, and that is said`() {
        var capture = Wire.capture([[UInt8](Self.whole(Self.message).prefix(200))])
        capture.packets[0].originalLength = 4_028
        let trace = capture.trace()
        #expect(trace.entries.isEmpty)
        #expect(trace.defects == ["1 packet was cut short when captured."])
    }

    private static func whole(_ message: [UInt8]) -> [UInt8] {
        var builder = PacketBuilder()
        return builder.datagram(message, from: Wire.address(Wire.a, 5060), to: Wire.address(Wire.b, 5060))
    }

    private static let sixes = ["2001:db8::1", "2001:db8::2"].compactMap { IPAddress($0) }

    /// The UDP datagram as the payload of IP.
    private static func parts(of message: [UInt8], isIPv6: Bool) -> [UInt8] {
        var builder = PacketBuilder()
        guard isIPv6 else { return Array(whole(message).dropFirst(20)) }
        let packet = builder.datagram(message, from: Wire.address(sixes[0], 5060), to: Wire.address(sixes[1], 5060))
        return Array(packet.dropFirst(40))
    }

    private static func fragments(of message: [UInt8], isIPv6: Bool, identification: UInt16 = 1) -> [[UInt8]] {
        let parts = parts(of: message, isIPv6: isIPv6)
        let size = isIPv6 ? 1_448 : 1_480
        return stride(from: 0, to: parts.count, by: size).map { start in
            let range = start..<min(parts.count, start + size)
            guard isIPv6 else { return fragment(parts, range, identification: identification) }
            let position = UInt16(start) | (range.upperBound < parts.count ? 1 : 0)
            let header = [IPPacket.udp, 0] + position.octets + UInt32(identification).octets
            return packet(header + Array(parts[range]), next: 44)
        }
    }

    /// A packet of IPv4 with this range of the payload.
    private static func fragment(_ parts: [UInt8], _ range: Range<Int>, identification: UInt16 = 1) -> [UInt8] {
        let position = UInt16(range.lowerBound / 8) | (range.upperBound < parts.count ? 0x2000 : 0)
        let header: [UInt8] = [0x45, 0] + UInt16(20 + range.count).octets + identification.octets + position.octets
        return header + [64, IPPacket.udp, 0, 0] + Wire.a.bytes + Wire.b.bytes + Array(parts[range])
    }

    /// A packet of IPv6 with this payload.
    private static func packet(_ payload: [UInt8], next: UInt8) -> [UInt8] {
        [0x60, 0, 0, 0] + UInt16(payload.count).octets + [next, 64] + sixes[0].bytes + sixes[1].bytes + payload
    }
}
