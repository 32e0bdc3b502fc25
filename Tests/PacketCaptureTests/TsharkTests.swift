import Bytes
import Conformance
import Network
import PacketCapture
import Testing

@Suite(.enabled(if: Tshark.isInstalled, "tshark is not installed"))
struct TsharkTests {
    private static let register = """
        REGISTER sip:home.example SIP/2.0\r
        Via: SIP/2.0/UDP 127.0.0.11:5060;branch=z9hG4bK1\r
        From: <sip:alice@home.example>;tag=1\r
        To: <sip:alice@home.example>\r
        Call-ID: 1@127.0.0.11\r
        CSeq: 1 REGISTER\r
        Max-Forwards: 70\r
        Content-Length: 0\r
        \r

        """

    private static let trace: Trace = {
        let (a, server) = (Wire.address(Wire.a, 5060), Wire.address(Wire.server, 5060))
        let (client, relay) = (Wire.address(Wire.a, 40_001), Wire.address(Wire.server, 2855))
        let six = ["2001:db8::1", "2001:db8::2"].compactMap { IPAddress($0) }.map { Wire.address($0, 7_000) }
        return Wire.trace([
            Wire.entry(0, a, server, .datagram(Array(register.utf8)), step: "preamble"),
            Wire.entry(10, client, relay, .opened, step: "1"),
            Wire.entry(20, client, relay, .stream(Wire.bytes(60_000)), step: "2"),
            Wire.entry(30, relay, client, .stream(Wire.bytes(3)), witness: .receiver, step: "2"),
            Wire.entry(40, client, relay, .closed, step: "3"),
            Wire.entry(50, relay, client, .closed, witness: .receiver),
            Wire.entry(60, six[0], six[1], .datagram(Wire.bytes(9))), Wire.entry(70, six[0], six[1], .opened),
            Wire.entry(80, six[1], six[0], .stream(Wire.bytes(5_000))),
            Wire.entry(90, Wire.address(Wire.server, 9), client, .closed, witness: .receiver),
        ])
    }()

    private static let recording = Recording(of: trace) { $0.step.map { _ in "A sends “Hello B”" } }
    private static let file = recording.capture.serialized()

    @Test func `An expert warns of nothing in a recording but of the connection that was refused`() throws {
        let expert = try Tshark.run(
            on: Self.file, "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE", "-o",
            "ip.check_checksum:TRUE", "-Y",
            "_ws.malformed or _ws.expert.severity >= 0x600000 or tcp.checksum.status == Bad or udp.checksum.status == Bad",
            "-T", "fields", "-e", "frame.number", "-e", "_ws.expert.message")
        #expect(expert == "\(Self.recording.capture.packets.count)\tConnection reset (RST)\n")
    }

    @Test func `Comments, times and names can be read`() throws {
        let lines = try Tshark.run(
            on: Self.file, "-N", "n", "-T", "fields", "-e", "frame.number", "-e", "frame.time_epoch", "-e",
            "ip.src_host", "-e", "ip.dst_host", "-e", "frame.comment", "-c", "2"
        ).split(separator: "\n")
        #expect(
            lines == [
                "1\t1767225600.000000000\tA\tserver\tstep preamble: A sends “Hello B”",
                "2\t1767225600.000010000\tA\tserver\tstep 1: A sends “Hello B”",
            ])
    }

    @Test func `Tshark sees as many bytes of each stream as were recorded`() throws {
        let text = try Tshark.run(on: Self.file, "-q", "-z", "follow,tcp,raw,0")
        let digits = text.split(separator: "\n").drop { !$0.hasPrefix("Node 1") }.dropFirst().dropLast().joined()
        #expect(digits.filter(\.isHexDigit).count == 2 * 60_003)
    }

    @Test func `The secrets of a capture are found`() throws {
        var capture = Self.recording.capture
        let zeros = String(repeating: "0", count: 64)
        capture.secrets = ["CLIENT_RANDOM \(zeros) \(zeros)", "SERVER_HANDSHAKE_TRAFFIC_SECRET \(zeros) \(zeros)"]
        let file = capture.serialized()
        #expect(try Capture(parsing: file).secrets == capture.secrets)
        #expect(try Tshark.run(on: file, "-c", "1", "-T", "fields", "-e", "frame.number") == "1\n")
    }

    @Test func `A capture written again after reading is the same`() throws {
        #expect(try Capture(parsing: Self.file).serialized() == Self.file)
    }
}
