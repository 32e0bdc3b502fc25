import Bytes
import Conformance
import Network
import Testing
import Transport

@testable import PacketCapture

/// Whether this process may capture on the loopback interface.
private let mayCapture: Bool = {
    do {
        _ = try LiveCapture(on: "lo", filter: "udp").stop()
        return true
    } catch {
        return false
    }
}()

@Suite(.enabled(if: mayCapture, "capturing needs CAP_NET_RAW"))
struct LiveCaptureTests {
    @Test func `The first packet is never lost, and appears once`() throws {
        let node = try Duct(from: IPAddress(127, 78, 1, 1), to: IPAddress(127, 78, 1, 2))
        for number in 0..<5 as Range<UInt8> {
            let capture = try LiveCapture(on: "lo", filter: LiveCapture.filter(for: [IPAddress(127, 78, 1, 1)]))
            try node.send([[number]])
            #expect(capture.stop().trace().entries.map(\.content) == [.datagram([number])])
        }
    }

    @Test func `A burst is captured whole and in order, and no drop is claimed`() throws {
        let node = try Duct(from: IPAddress(127, 78, 2, 1), to: IPAddress(127, 78, 2, 2))
        let capture = try LiveCapture(on: "lo", filter: LiveCapture.filter(for: [IPAddress(127, 78, 2, 1)]))
        let datagrams = (0..<500).map { Wire.bytes(200, seed: $0) }
        try node.send(datagrams, inPortionsOf: 250)
        let result = capture.stop()
        #expect(result.trace().entries.map(\.content) == datagrams.map { .datagram($0) })
        #expect(result.interfaces.map(\.dropped) == [0])
        #expect(result.defects.isEmpty)
    }

    @Test func `The loop and the capture agree about when a packet passed`() throws {
        let node = try Duct(from: IPAddress(127, 78, 3, 1), to: IPAddress(127, 78, 3, 2))
        let capture = try LiveCapture(on: "lo", filter: LiveCapture.filter(for: [IPAddress(127, 78, 3, 1)]))
        try node.send([[1]])
        let packet = try #require(capture.stop().packets.first)
        let sent = try #require(node.observations.first { $0.direction == .sent })
        #expect(packet.time - sent.time < .seconds(1))
        #expect(sent.time - packet.time < .seconds(1))
        #expect(packet.time.nanoseconds % 1_000 != 0 || packet.time.nanoseconds % 1_000_000 != 0)
    }

    @Test func `A stream is captured as it was written`() throws {
        let (client, server) = (IPAddress(127, 78, 4, 1), IPAddress(127, 78, 4, 2))
        let capture = try LiveCapture(on: "lo", filter: LiveCapture.filter(for: [client]))
        let node = try Duct(from: client, to: server)
        let message = Wire.bytes(300_000)
        try node.stream(message)
        let entries = capture.stop().trace().entries
        let bytes = entries.flatMap { if case .stream(let bytes) = $0.content { bytes } else { [UInt8]() } }
        #expect(bytes == message)
        #expect(entries.first?.content == .opened)
        #expect(entries.filter { $0.content == .closed }.count == 2)
    }

    @Test func `The wire and the actors agree about real traffic`() throws {
        let (client, server) = (IPAddress(127, 78, 6, 1), IPAddress(127, 78, 6, 2))
        let capture = try LiveCapture(on: "lo", filter: LiveCapture.filter(for: [client, server]))
        let node = try Duct(from: client, to: server)
        try node.send((0..<20).map { Wire.bytes(700, seed: $0) } + [Wire.bytes(60_000)])
        try node.stream(Wire.bytes(200_000))
        let annotated = AnnotatedCapture(capture.stop(), with: node.trace)
        #expect(annotated.comparison == .agree)
        #expect(annotated.trace.entries.allSatisfy { $0.packet != nil })
    }

    @Test func `What does not pass the filter is not captured`() throws {
        let node = try Duct(from: IPAddress(127, 78, 5, 1), to: IPAddress(127, 78, 5, 2))
        let capture = try LiveCapture(on: "lo", filter: LiveCapture.filter(for: [IPAddress(127, 78, 5, 9)]))
        try node.send([[1]])
        #expect(capture.stop().packets.isEmpty)
    }

    @Test func `What other programs send while the capture begins is neither captured nor counted as lost`() throws {
        let others = try Duct(from: IPAddress(127, 78, 7, 1), to: IPAddress(127, 78, 7, 2))
        let node = try Duct(from: IPAddress(127, 78, 7, 3), to: IPAddress(127, 78, 7, 4))
        let handle = try PcapHandle(interface: "lo", bufferSize: 1 << 20)
        // More than there is room for.
        try others.send(Self.numbered(1_500, ofSize: 1_000), inPortionsOf: 50)
        let capture = try LiveCapture(by: handle, filter: LiveCapture.filter(for: [IPAddress(127, 78, 7, 3)]))
        try node.send([[1]])
        let result = capture.stop()
        #expect(result.packets.count == 1)
        #expect(result.interfaces.map(\.dropped) == [0])
        #expect(result.defects.isEmpty)
    }

    @Test(arguments: [("lo", 1), ("any", 2)] as [(String, UInt8)])
    func `What has passed is there when it is asked for, and once`(interface: String, host: UInt8) throws {
        let client = IPAddress(127, 78, 8, host)
        let node = try Duct(from: client, to: IPAddress(127, 78, 8, 9))
        let capture = try LiveCapture(on: interface, filter: LiveCapture.filter(for: [client]))
        for number in 0..<20 as Range<UInt8> {
            try node.send([[number]])
            #expect(capture.take().trace().entries.map(\.content) == [.datagram([number])])
        }
        #expect(capture.take().packets.isEmpty)
        #expect(capture.stop().packets.isEmpty)
    }

    @Test func `There is room for thousands of messages while nobody takes them`() throws {
        let datagrams = Self.numbered(3_000, ofSize: 500)
        let yield = try untaken(datagrams, bufferSize: PcapHandle.bufferSize, of: IPAddress(127, 78, 9, 1))
        #expect(yield.packets.map { Array($0.bytes.suffix(500)) } == datagrams)
        #expect(yield.dropped == 0)
    }

    @Test func `What finds no room is counted, and all that came before is there in order`() throws {
        let datagrams = Self.numbered(1_500, ofSize: 1_000)
        let yield = try untaken(datagrams, bufferSize: 1 << 20, of: IPAddress(127, 78, 10, 1))
        let dropped = try #require(yield.dropped)
        #expect(dropped > 0 && dropped < 1_500)
        #expect(yield.packets.map { Array($0.bytes.suffix(1_000)) } == Array(datagrams.dropLast(Int(dropped))))
    }

    @Test func `A filter that is not understood is refused with the reason`() {
        let error = #expect(throws: CaptureError.self) { try LiveCapture(on: "lo", filter: "hosts 1") }
        guard case .filterRefused("hosts 1", let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test func `An interface that does not exist is named`() {
        #expect(throws: CaptureError.noSuchInterface("nowhere0")) { try LiveCapture(on: "nowhere0", filter: "udp") }
    }

    /// Datagrams of which each has its number in it.
    private static func numbered(_ count: Int, ofSize size: Int) -> [[UInt8]] {
        (0..<count).map { number in
            [UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number)]
                + [UInt8](repeating: 0x2E, count: size - 2)
        }
    }

    /// What is captured of the datagrams where nothing is taken from the kernel before all have been sent.
    private func untaken(
        _ datagrams: [[UInt8]], bufferSize: Int32, of client: IPAddress
    ) throws -> CaptureWorker.Yield {
        let node = try Duct(from: client, to: IPAddress(127, 78, 0, 1))
        let handle = try PcapHandle(interface: "lo", bufferSize: bufferSize)
        try handle.install(LiveCapture.filter(for: [client]))
        let worker = try CaptureWorker(handle)
        try node.send(datagrams, inPortionsOf: 50)
        worker.stop()
        worker.run()
        return worker.rest
    }
}

@Suite struct CaptureRightTests {
    @Test func `Without the right, the error says how to get it`() {
        let error = CaptureError(status: -8, interface: "lo", reason: "")
        #expect(error == .notPermitted(interface: "lo"))
        #expect(error.description.contains("setcap cap_net_raw+ep"))
    }

    @Test(.enabled(if: !mayCapture, "this process may capture"))
    func `Without the right, nothing is captured`() {
        #expect(throws: CaptureError.notPermitted(interface: "lo")) { try LiveCapture(on: "lo", filter: "udp") }
    }
}

/// Two nodes in one loop that send to each other over real sockets.
private final class Duct {
    private(set) var observations: [Observation] = []
    private let loop: EventLoop
    private let sender: NodeHandle
    private let receiver: NodeHandle
    private let client: IPAddress

    init(from client: IPAddress, to server: IPAddress) throws {
        loop = try EventLoop()
        self.client = client
        let end = SocketAddress(server, port: 0)
        receiver = try loop.add([ListeningPoint(.udp, end), ListeningPoint(.tcp, end)], named: "receiver")
        sender = try loop.add([ListeningPoint(.udp, SocketAddress(client, port: 0))], named: "sender")
    }

    /// What both nodes have seen, as the record of a run.
    var trace: Trace {
        let entries = observations.map { observation in
            let content: TraceEntry.Content =
                switch observation.content {
                case .datagram(let bytes): .datagram(bytes)
                case .opened: .opened
                case .stream(let bytes): .stream(bytes)
                case .closed: .closed
                }
            return TraceEntry(
                time: observation.time, source: observation.source, destination: observation.destination,
                witness: observation.direction == .sent ? .sender : .receiver, content: content)
        }
        return Trace(testCaseID: nil, cast: Cast([]), datagramsKeepOrder: true, entries: entries, end: loop.now)
    }

    /// Sends the datagrams and waits until they have arrived.
    func send(_ datagrams: [[UInt8]]) throws {
        let source = loop.listeningPoints(of: sender)[0].address
        let destination = loop.listeningPoints(of: receiver)[0].address
        loop.perform(datagrams.map { .datagram($0, from: source, to: destination) }, of: sender)
        var arrived = 0
        try run(until: { arrived == datagrams.count }) { if case .datagram = $0 { arrived += 1 } }
    }

    /// Sends the datagrams, so many at once as the receiver has room for.
    func send(_ datagrams: [[UInt8]], inPortionsOf size: Int) throws {
        for start in stride(from: 0, to: datagrams.count, by: size) {
            try send(Array(datagrams[start..<min(start + size, datagrams.count)]))
        }
    }

    /// Sends the bytes over a connection and closes it; waits until both ends have ended.
    func stream(_ bytes: [UInt8]) throws {
        let id = ConnectionID(0)
        let destination = loop.listeningPoints(of: receiver)[1].address
        loop.perform([.connect(id, from: client, to: destination), .write(id, bytes), .close(id)], of: sender)
        try run(until: { observations.count { $0.content == .closed } == 4 }) { _ in }
    }

    private func run(until condition: () -> Bool, hearing: (NodeEvent) -> Void) throws {
        let end = try loop.run(
            until: condition, deadline: loop.now + .seconds(20), observe: { observations.append($0) },
            handle: { _, event, _ in
                hearing(event)
                return []
            })
        try #require(end == .conditionHolds, "The expected event never came")
    }
}
