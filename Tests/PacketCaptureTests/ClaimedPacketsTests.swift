import Network
import Testing

@testable import PacketCapture

/// The packets of one case among those of the whole run.
struct ClaimedPacketsTests {
    private static let server = Wire.address(Wire.server, 8080)

    private static func segment(
        _ flags: TCPSegment.Flags, from source: SocketAddress, to destination: SocketAddress, _ text: String = ""
    ) -> [UInt8] {
        var builder = PacketBuilder()
        let segment = TCPSegment(
            sourcePort: source.port, destinationPort: destination.port, sequence: 1, acknowledgment: 1, flags: flags,
            payload: ArraySlice(text.utf8))
        return builder.segment(segment, from: source.address, to: destination.address)
    }

    /// A connection of A that is opened, and by which something is asked and answered.
    private static func exchange(_ port: UInt16) -> [[UInt8]] {
        let client = Wire.address(Wire.a, port)
        return [
            segment(.syn, from: client, to: server), segment([.ack, .psh], from: client, to: server, "GET"),
            segment([.ack, .psh], from: server, to: client, "401"),
        ]
    }

    @Test func `What comes late over a connection from before is not of this case`() {
        let capture = Wire.capture(Self.exchange(40_000) + Self.exchange(40_001))
        let claimed = capture.limited(to: [Wire.a], since: Wire.at(2))
        #expect(claimed.packets.map(\.time) == [Wire.at(3), Wire.at(4), Wire.at(5)])
        #expect(capture.limited(to: [Wire.a], since: Wire.at(0)).packets.count == 6)
        #expect(capture.limited(to: [Wire.b], since: Wire.at(0)).packets.isEmpty)
    }
}
