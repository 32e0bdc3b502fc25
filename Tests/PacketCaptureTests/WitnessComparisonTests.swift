import Conformance
import Network
import Testing

@testable import PacketCapture

@Suite struct WitnessComparisonTests {
    private static let a = Wire.address(Wire.a, 5060)
    private static let b = Wire.address(Wire.b, 5060)
    private static let server = Wire.address(Wire.server, 5060)
    private static let client = Wire.address(Wire.a, 40_001)
    private static let relay = Wire.address(Wire.server, 2855)

    /// A pages B by way of the server, and talks to the relay; A and B are actors, the server is not.
    private static let trace = Wire.trace([
        Wire.entry(0, a, server, .datagram(Array("MESSAGE sip:bob".utf8)), step: "1"),
        Wire.entry(10, server, b, .datagram(Array("MESSAGE sip:bob".utf8)), witness: .receiver, step: "1"),
        Wire.entry(20, b, server, .datagram(Array("SIP/2.0 200 OK".utf8)), step: "1"),
        Wire.entry(30, server, a, .datagram(Array("SIP/2.0 202 Accepted".utf8)), witness: .receiver, step: "1"),
        Wire.entry(40, client, relay, .opened, step: "2"),
        Wire.entry(50, client, relay, .stream(Wire.bytes(4_000)), step: "2"),
        Wire.entry(60, relay, client, .stream(Wire.bytes(90)), witness: .receiver, step: "2"),
        Wire.entry(70, client, relay, .closed, step: "3"),
        Wire.entry(80, relay, client, .closed, witness: .receiver),
    ])

    private let wire = Recording(of: trace).capture

    private func sentences(_ capture: Capture, _ trace: Trace = Self.trace) -> [String] {
        if case .disagree(let sentences) = WitnessComparison(wire: capture, actors: trace) { sentences } else { [] }
    }

    @Test func `What both have seen alike is agreed`() {
        #expect(WitnessComparison(wire: wire, actors: Self.trace) == .agree)
    }

    @Test func `A packet of any kind that carries something is missed when it is lost`() {
        for (place, packet) in wire.packets.enumerated() where !packet.isEmpty {
            var lossy = wire
            lossy.packets.remove(at: place)
            #expect(!sentences(lossy).isEmpty, "Packet \(place + 1) was lost unnoticed")
        }
    }

    @Test func `A byte of any payload that is altered is noticed`() {
        for (place, packet) in wire.packets.enumerated() where !packet.isEmpty {
            var altered = wire
            altered.packets[place].bytes[packet.bytes.count - 1] ^= 0x20
            #expect(!sentences(altered).isEmpty, "Packet \(place + 1) was altered unnoticed")
        }
    }

    @Test func `A datagram more than the actors know of is noticed, at either end`() {
        for place in 0..<4 {
            var extra = wire
            extra.packets.append(wire.packets[place])
            #expect(sentences(extra).count == 1)
        }
    }

    @Test func `A datagram that the actors know of and the wire does not is quoted`() {
        var lossy = wire
        lossy.packets.remove(at: 0)
        #expect(
            sentences(lossy) == [
                "A sent a datagram from A (127.0.0.11:5060) to server (127.0.0.1:5060) that is not on the wire: "
                    + "“MESSAGE sip:bob”."
            ])
    }

    @Test func `An altered datagram is told with the first byte that differs`() {
        var altered = wire
        let end = altered.packets[0].bytes.count
        altered.packets[0].bytes[end - 3] = UInt8(ascii: "r")
        #expect(
            sentences(altered) == [
                "Packet 1 from A (127.0.0.11:5060) to server (127.0.0.1:5060) differs from the datagram that A sent "
                    + "from byte 13 on: “MESSAGE sip:bob”."
            ])
    }

    @Test func `Datagrams in another order are noticed where the path keeps the order`() {
        var entries = [
            Wire.entry(0, Self.a, Self.server, .datagram([1])), Wire.entry(1, Self.a, Self.server, .datagram([2])),
        ]
        let capture = Recording(of: Wire.trace(entries)).capture
        entries.swapAt(0, 1)
        var swapped = Wire.trace(entries)
        #expect(sentences(capture, swapped).count == 1)
        swapped.datagramsKeepOrder = false
        #expect(sentences(capture, swapped).isEmpty)
    }

    @Test func `A segment that the capture has missed is a lack of its bytes`() {
        var lossy = wire
        let segment = wire.packets.firstIndex { $0.bytes.count == 1_500 } ?? 0
        lossy.packets.remove(at: segment)
        #expect(
            sentences(lossy) == [
                "The wire lacks 1460 bytes of the stream from A (127.0.0.11:40001) to server (127.0.0.1:2855) from "
                    + "byte 1 on, which A sent."
            ])
    }

    @Test func `The end of a stream that the capture has missed is a lack of its bytes`() {
        var short = wire
        let answer = wire.packets.firstIndex { $0.bytes.count == 130 } ?? 0
        short.packets.removeSubrange(answer...)
        #expect(
            sentences(short) == [
                "The wire lacks 90 bytes of the stream from server (127.0.0.1:2855) to A (127.0.0.11:40001) from "
                    + "byte 1 on, which A received."
            ])
    }

    @Test func `Who records is known from the record where the cast does not say`() {
        let listener = Wire.address(IPAddress(127, 0, 0, 13), 5060)
        let both = [
            Wire.entry(0, Self.server, listener, .datagram([1]), witness: .receiver),
            Wire.entry(1, Self.server, listener, .datagram([2]), witness: .receiver),
        ]
        let capture = Recording(of: Wire.trace(both)).capture
        let deaf = Wire.trace([both[0]], cast: Cast([]))
        #expect(sentences(capture, deaf).count == 1)
    }

    @Test func `What a reset connection has not delivered contradicts nothing`() {
        var builder = PacketBuilder()
        let refusal = TCPSegment(
            sourcePort: Self.relay.port, destinationPort: Self.client.port, sequence: 0, acknowledgment: 0,
            flags: .rst)
        var reset = wire
        let last = wire.packets.lastIndex { $0.bytes.count == 1_120 } ?? 0
        reset.packets.removeSubrange(last...)
        #expect(WitnessComparison(wire: reset, actors: Self.trace) != .agree)
        let bytes = builder.segment(refusal, from: Self.relay.address, to: Self.client.address)
        reset.packets.append(Capture.Packet(time: Wire.at(60), bytes: bytes))
        #expect(WitnessComparison(wire: reset, actors: Self.trace) == .agree)
    }

    @Test func `What passes after the actors have ceased to look contradicts nothing`() {
        var late = wire
        late.packets.append(wire.packets[1])
        late.packets[late.packets.count - 1].time = Self.trace.end + .milliseconds(1)
        #expect(WitnessComparison(wire: late, actors: Self.trace) == .agree)
    }

    @Test func `What reaches an actor after it has closed the connection contradicts nothing`() {
        var trace = Self.trace
        trace.entries.removeAll { $0.source == Self.relay }
        #expect(WitnessComparison(wire: wire, actors: trace) == .agree)
        trace.entries.removeAll { $0.content == .closed }
        #expect(WitnessComparison(wire: wire, actors: trace) != .agree)
    }

    @Test func `A stranger's packets are nobody's contradiction`() {
        let (stranger, other) = (IPAddress(10, 0, 0, 1), IPAddress(10, 0, 0, 2))
        let noise = Wire.trace([
            Wire.entry(5, Wire.address(stranger, 53), Wire.address(other, 53), .datagram([1, 2, 3]))
        ])
        var noisy = wire
        noisy.packets += Recording(of: noise).capture.packets
        #expect(WitnessComparison(wire: noisy, actors: Self.trace) == .agree)
    }

    @Test func `Packets that the kernel has dropped are told, though nothing else contradicts`() {
        var dropping = wire
        dropping.defects = ["3 packets on interface lo passed by without being captured."]
        #expect(sentences(dropping) == dropping.defects)
    }

    @Test func `Packets are marked with the steps of the actors, and their entries name the packets`() throws {
        var bare = wire
        for index in bare.packets.indices { bare.packets[index].comments = [] }
        bare.comments = []
        let annotated = AnnotatedCapture(bare, with: Self.trace, runID: "run-1") { _ in "A pages B" }
        #expect(annotated.comparison == .agree)
        #expect(annotated.trace.entries.map(\.packet) == [1, 2, 3, 4, 6, 10, 11, 12, 13])

        let read = try Capture(parsing: annotated.capture.serialized())
        #expect(read.packets[0].comments == ["step 1: A pages B"])
        #expect(read.metadata?.runID == "run-1")
        #expect(read.names.map(\.name) == ["A", "B", "server"])
        let trace = read.trace()
        #expect(trace.testCaseID == "IM-2.0-int-101")
        #expect(trace.cast == Wire.cast)
        #expect(trace.entries.map(\.step) == ["1", "1", "1", "1", "2", "2", "2", "3", nil])
    }

    @Test func `Of two recorded actors both are heard about the same packet`() {
        let trace = Wire.trace([
            Wire.entry(0, Self.a, Self.b, .datagram([1]), step: "1"),
            Wire.entry(1, Self.a, Self.b, .datagram([1]), witness: .receiver, step: "1"),
        ])
        let capture = Recording(of: trace).capture
        let annotated = AnnotatedCapture(capture, with: trace)
        #expect(annotated.comparison == .agree)
        #expect(annotated.trace.entries.map(\.packet) == [1, 1])

        var deaf = trace
        deaf.entries.removeLast()
        #expect(sentences(capture, deaf).count == 1)
    }
}

extension Capture.Packet {
    /// Whether the packet is one of the bare segments of 40 or 48 bytes that open and close connections.
    fileprivate var isEmpty: Bool { bytes[9] == 6 && bytes.count <= 48 }
}
