import Conformance
import Foundation
import Network
import PacketCapture
import Testing

/// The captures of other programs under fixtures/captures; what they hold is written in the README there.
@Suite struct CaptureFixtureTests {
    @Test(arguments: ["loopback.pcapng", "any.pcap"])
    func `Fragments, streams and a refusal are read from what Dumpcap has captured`(file: String) throws {
        let trace = try Capture(parsing: fixture(file)).trace()
        #expect(trace.defects.isEmpty)
        let client = IPAddress(127, 0, 0, 11)
        let loopback = try #require(IPAddress("::1"))
        let datagrams: [TraceEntry.Content] = [400, 4_000, 9_000].map { .datagram(pattern($0, start: $0)) }
        let connection: [TraceEntry.Content] = [
            .opened, .stream(pattern(6_000, start: 1)), .stream(pattern(300, start: 2)), .closed, .closed,
        ]
        let four = trace.entries.filter { !$0.source.address.isIPv6 }
        let six = trace.entries.filter { $0.source.address.isIPv6 }
        #expect(four.map(\.content) == datagrams + connection + [.closed])
        #expect(six.map(\.content) == datagrams + connection)
        #expect(four[3].source.address == client)
        #expect(six.allSatisfy { $0.source.address == loopback && $0.destination.address == loopback })
        #expect(trace.entries.map(\.packet).contains(44))
        #expect(trace.testCaseID == nil)
    }

    @Test func `What Dumpcap says about its capture is kept`() throws {
        let capture = try Capture(parsing: fixture("loopback.pcapng"))
        #expect(capture.application == "Dumpcap (Wireshark) 4.0.17")
        #expect(capture.interfaces == [Capture.Interface(linkType: .ethernet, name: "lo", dropped: 0)])
    }

    @Test func `A capture of ours is read, and written, as in its first edition`() throws {
        let (a, server) = (Wire.address(Wire.a, 5060), Wire.address(Wire.server, 5060))
        let (client, relay) = (Wire.address(Wire.a, 40_001), Wire.address(Wire.server, 2855))
        let trace = Wire.trace(
            [
                Wire.entry(0, a, server, .datagram(Array("REGISTER sip:home.example SIP/2.0".utf8)), step: "preamble"),
                Wire.entry(
                    500, server, a, .datagram(Array("SIP/2.0 200 OK".utf8)), witness: .receiver, step: "preamble"),
                Wire.entry(1_000, client, relay, .opened, step: "2"),
                Wire.entry(1_500, client, relay, .stream(Array("MSRP a1 SEND".utf8)), step: "3"),
                Wire.entry(2_000, relay, client, .stream(Array("MSRP a1 200 OK".utf8)), witness: .receiver, step: "3"),
                Wire.entry(2_500, client, relay, .closed),
                Wire.entry(3_000, relay, client, .closed, witness: .receiver),
            ], defects: ["The capture of the wire is missing."])
        let recording = Recording(of: trace, runID: "20260101T000000Z-abcde") { entry in
            entry.step == "3" ? "A sends “Hello B” in the session" : nil
        }
        let file = try fixture("recording.pcapng")
        #expect(recording.capture.serialized() == file)
        let read = try Capture(parsing: file).trace()
        #expect(Wire.comparable(read.entries) == Wire.comparable(trace.entries))
        #expect(read.cast == trace.cast)
        #expect(read.end == trace.end)
        #expect(read.defects == trace.defects)
    }

    @Test func `What a capture says of itself is kept to the letter, whatever bytes it has`() throws {
        let trace = try Capture(parsing: fixture("../crashes/CaptureFuzzer/metadata-with-carriage-return.pcapng"))
            .trace()
        #expect(trace.defects.count == 3)
        let again = try Capture(parsing: Recording(of: trace).capture.serialized()).trace()
        #expect(again.defects == trace.defects)
    }

    private static let folder = URL(filePath: #filePath).appending(path: "../../../fixtures/captures").standardized

    private func fixture(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: Self.folder.appending(path: name).standardized))
    }

    private func pattern(_ count: Int, start: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: 31 * $0 + start) }
    }
}
