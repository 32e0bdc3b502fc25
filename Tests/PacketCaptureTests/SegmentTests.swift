import Bytes
import Conformance
import Network
import Testing

@testable import PacketCapture

@Suite struct SegmentTests {
    private let client = Wire.address(Wire.a, 40_001)
    private let server = Wire.address(Wire.server, 2855)

    /// A capture of segments between the client and the server, a microsecond apart.
    private func trace(_ segments: [(isFromClient: Bool, TCPSegment)]) -> Trace {
        var builder = PacketBuilder()
        return Wire.capture(
            segments.map { isFromClient, segment in
                let (source, destination) = isFromClient ? (client, server) : (server, client)
                return builder.segment(segment, from: source.address, to: destination.address)
            }
        ).trace()
    }

    private func fromClient(
        _ sequence: UInt32, _ flags: TCPSegment.Flags = [], _ text: String = "", ack: UInt32 = 0
    ) -> (isFromClient: Bool, TCPSegment) {
        (
            true,
            TCPSegment(
                sourcePort: client.port, destinationPort: server.port, sequence: sequence, acknowledgment: ack,
                flags: flags, payload: Array(text.utf8)[...])
        )
    }

    private func fromServer(
        _ sequence: UInt32, _ flags: TCPSegment.Flags = [], _ text: String = "", ack: UInt32 = 0
    ) -> (isFromClient: Bool, TCPSegment) {
        (
            false,
            TCPSegment(
                sourcePort: server.port, destinationPort: client.port, sequence: sequence, acknowledgment: ack,
                flags: flags, payload: Array(text.utf8)[...])
        )
    }

    private func stream(_ text: String) -> TraceEntry.Content { .stream(Array(text.utf8)) }

    @Test func `A connection is opened by the answer to its opening`() {
        let trace = trace([
            fromClient(100, .syn), fromServer(500, [.syn, .ack], ack: 101), fromClient(101, .ack, ack: 501),
        ])
        #expect(trace.entries.map(\.content) == [.opened])
        #expect(trace.entries.map(\.source) == [client])
        #expect(trace.entries.map(\.packet) == [2])
    }

    @Test func `An opening that is sent again opens once`() {
        let trace = trace([
            fromClient(100, .syn), fromClient(100, .syn), fromServer(500, [.syn, .ack], ack: 101),
            fromServer(500, [.syn, .ack], ack: 101), fromClient(101, ack: 501), fromClient(101, .psh, "a", ack: 501),
        ])
        #expect(trace.entries.map(\.content) == [.opened, stream("a")])
    }

    @Test func `Segments in order give their bytes as they come`() {
        let trace = trace([
            fromClient(100, .syn), fromServer(500, [.syn, .ack], ack: 101), fromClient(101, .psh, "ab", ack: 501),
            fromClient(103, .psh, "c", ack: 501), fromServer(501, .psh, "x", ack: 104),
        ])
        #expect(trace.entries.map(\.content) == [.opened, stream("ab"), stream("c"), stream("x")])
        #expect(trace.entries.map(\.packet) == [2, 3, 4, 5])
    }

    @Test func `Bytes that come too early wait for those before them`() {
        let trace = trace([
            fromClient(0, .psh, "a"), fromClient(3, .psh, "d"), fromClient(2, .psh, "c"), fromClient(1, .psh, "b"),
        ])
        #expect(trace.entries.map(\.content) == [stream("a"), stream("bcd")])
        #expect(trace.entries.map(\.packet) == [1, 4])
    }

    @Test func `Bytes that come again count once, also where copies overlap or differ`() {
        let trace = trace([
            fromClient(0, .psh, "abc"), fromClient(0, .psh, "abc"), fromClient(1, .psh, "bcd"),
            fromClient(2, .psh, "XXef"), fromClient(0, .psh, "a"),
        ])
        #expect(trace.entries.map(\.content) == [stream("abc"), stream("d"), stream("ef")])
    }

    @Test func `A keep-alive is no byte of the stream`() {
        let trace = trace([fromClient(10, .psh, "ab"), fromClient(11, .psh, "?"), fromClient(12, .psh, "c")])
        #expect(trace.entries.map(\.content) == [stream("ab"), stream("c")])
    }

    @Test func `A segment that never comes is a gap, and what follows it keeps its time`() {
        let trace = trace([
            fromClient(0, .psh, "ab"), fromClient(5, .psh, "f"), fromServer(70, .psh, "x"),
            fromClient(6, .fin, "g"),
        ])
        #expect(
            trace.entries.map(\.content) == [
                stream("ab"), .gap(count: 3), stream("f"), stream("x"), stream("g"), .closed,
            ])
        #expect(trace.entries.map(\.packet) == [1, 2, 2, 3, 4, 4])
    }

    @Test func `Bytes at the end that the receiver has and the capture has not are a gap`() {
        let trace = trace([fromClient(10, .psh, "ab"), fromServer(70, .ack, ack: 17)])
        #expect(trace.entries.map(\.content) == [stream("ab"), .gap(count: 5)])
    }

    @Test func `Sequence numbers go round`() {
        let trace = trace([
            fromClient(.max - 2, .syn), fromServer(.max, [.syn, .ack], ack: .max - 1),
            fromClient(.max - 1, .psh, "abc"), fromClient(2, .psh, "e"), fromClient(1, .psh, "d"),
            fromServer(0, .psh, "x"),
        ])
        #expect(trace.entries.map(\.content) == [.opened, stream("abc"), stream("de"), stream("x")])
    }

    @Test func `Each end closes its own direction, once and behind its last byte`() {
        let trace = trace([
            fromClient(1, .fin, "b"), fromClient(0, .psh, "a"), fromClient(1, .fin, "b"),
            fromServer(70, .psh, "x"), fromServer(71, .fin), fromClient(3),
        ])
        // The capture begins in the middle, so that nothing tells of the byte before the first.
        #expect(trace.entries.map(\.content) == [stream("b"), .closed, stream("x"), .closed])
        #expect(trace.entries.map(\.source) == [client, client, server, server])
    }

    @Test func `A reset closes from the side that sends it`() {
        let trace = trace([
            fromClient(0, .psh, "a"), fromServer(70, .rst), fromServer(70, .rst), fromClient(1, .rst),
        ])
        #expect(trace.entries.map(\.content) == [stream("a"), .closed])
        #expect(trace.entries.map(\.source) == [client, server])
    }

    @Test func `A refused connection is closed without having been opened`() {
        let trace = trace([fromClient(0, .syn), fromServer(0, [.rst, .ack], ack: 1)])
        #expect(trace.entries.map(\.content) == [.closed])
    }

    @Test func `The same sockets may be connected again`() {
        let trace = trace([
            fromClient(100, .syn), fromServer(500, [.syn, .ack], ack: 101), fromClient(101, .fin, "a"),
            fromServer(501, .fin), fromClient(9_000, .syn), fromServer(7_000, [.syn, .ack], ack: 9_001),
            fromClient(9_001, .psh, "b"),
        ])
        #expect(
            trace.entries.map(\.content) == [.opened, stream("a"), .closed, .closed, .opened, stream("b")])
    }

    @Test func `A connection whose answer was not captured is opened by what follows`() {
        let trace = trace([fromClient(100, .syn), fromClient(101, .psh, "a"), fromServer(501, .psh, "x")])
        #expect(trace.entries.map(\.content) == [.opened, stream("a"), stream("x")])
        #expect(trace.entries.map(\.source) == [client, client, server])
    }

    @Test func `A stream keeps its order where the times of its packets do not`() {
        var builder = PacketBuilder()
        var capture = Wire.capture(
            ["a", "b", "c"].enumerated().map { place, text in
                builder.segment(fromClient(UInt32(place), .psh, text).1, from: client.address, to: server.address)
            })
        capture.packets[1].time = Wire.at(-5)
        let entries = capture.trace().entries
        let bytes = entries.flatMap { if case .stream(let bytes) = $0.content { bytes } else { [UInt8]() } }
        #expect(bytes == Array("abc".utf8))
        #expect(zip(entries, entries.dropFirst()).allSatisfy { $0.time <= $1.time })
    }

    @Test func `A segment that the capture has cut short leaves a gap`() {
        var builder = PacketBuilder()
        func packet(_ segment: (isFromClient: Bool, TCPSegment)) -> [UInt8] {
            builder.segment(segment.1, from: client.address, to: server.address)
        }
        let cut = Array(packet(fromClient(0, .fin, "abcdefgh")).dropLast(5))
        var capture = Wire.capture([cut])
        capture.packets[0].originalLength = cut.count + 5
        let trace = capture.trace()
        #expect(trace.entries.map(\.content) == [stream("abc"), .gap(count: 5), .closed])
        #expect(trace.defects == ["1 packet was cut short when captured."])
    }

    @Test(arguments: [1, 7, 42, 99, 1_234, 5_678] as [UInt64])
    func `Segments in any order, cut anyhow and sent twice, give the same stream`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let message = Wire.bytes(5_000, seed: seed)
        let start = UInt32.max - 2_000
        var segments: [(isFromClient: Bool, TCPSegment)] = []
        var position = 0
        while position < message.count {
            let end = min(message.count, position + Int.random(in: 1...700, using: &generator))
            let overlap = min(position, Int.random(in: 0...50, using: &generator))
            let segment = TCPSegment(
                sourcePort: client.port, destinationPort: server.port,
                sequence: start &+ UInt32(position - overlap), acknowledgment: 0,
                flags: end == message.count ? .fin : .ack, payload: message[(position - overlap)..<end])
            segments += Array(repeating: (true, segment), count: Int.random(in: 1...2, using: &generator))
            position = end
        }
        let opening = [fromClient(start &- 1, .syn), fromServer(1, [.syn, .ack], ack: start)]
        let entries = trace(opening + segments.shuffled(using: &generator)).entries
        #expect(entries.first?.content == .opened)
        #expect(entries.last?.content == .closed)
        let bytes = entries.flatMap { if case .stream(let bytes) = $0.content { bytes } else { [UInt8]() } }
        #expect(bytes == message)
        #expect(!entries.contains { if case .gap = $0.content { true } else { false } })
    }
}
