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

    private static let folder = URL(filePath: #filePath).appending(path: "../../../fixtures/captures").standardized

    private func fixture(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: Self.folder.appending(path: name).standardized))
    }

    private func pattern(_ count: Int, start: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: 31 * $0 + start) }
    }
}
