import Bytes
import Conformance
import Network
import PacketCapture
import Testing

@Suite struct RecordingTests {
    private let client = Wire.address(Wire.a, 5060)
    private let server = Wire.address(Wire.server, 5060)
    private let msrp = Wire.address(Wire.a, 40_001)
    private let relay = Wire.address(Wire.server, 2855)

    @Test func `A recorded trace comes back from its capture, with everything it says about itself`() throws {
        var trace = Wire.trace(
            [
                Wire.entry(0, client, server, .datagram(Array("REGISTER".utf8)), step: "preamble"),
                Wire.entry(10, server, client, .datagram(Array("200".utf8)), witness: .receiver, step: "preamble"),
                Wire.entry(20, msrp, relay, .opened, step: "1"),
                Wire.entry(30, msrp, relay, .stream(Array("MSRP 1 SEND".utf8)), step: "2"),
                Wire.entry(40, relay, msrp, .stream(Array("MSRP 1 200".utf8)), witness: .receiver, step: "2"),
                Wire.entry(50, msrp, relay, .closed, step: "3"),
                Wire.entry(60, relay, msrp, .closed, witness: .receiver),
            ], defects: ["The capture of the wire is missing."])
        trace.deviations = [.takenAliasRefused, .historyByList]
        let file = Recording(of: trace, runID: "run-1").capture.serialized()
        let read = try Capture(parsing: file).trace()

        var expected = trace
        expected.entries = Wire.comparable(trace.entries)
        var found = read
        found.entries = Wire.comparable(read.entries)
        #expect(found == expected)
        #expect(read.entries.allSatisfy { $0.witness == .path })
    }

    @Test func `Entries name the packet that completes them, before and after`() throws {
        let trace = Wire.trace([
            Wire.entry(0, msrp, relay, .opened), Wire.entry(1, msrp, relay, .stream(Wire.bytes(3_000))),
            Wire.entry(2, client, server, .datagram([1])), Wire.entry(3, msrp, relay, .closed),
        ])
        let recording = Recording(of: trace)
        #expect(recording.trace.entries.map(\.packet) == [2, 6, 7, 8])
        #expect(try Capture(parsing: recording.capture.serialized()).trace().entries.map(\.packet) == [2, 6, 7, 8])
    }

    @Test func `Of what two recorded clients exchange, the sender's copy alone is written`() {
        let a = Wire.address(Wire.a, 2855)
        let b = Wire.address(Wire.b, 2855)
        let trace = Wire.trace([
            Wire.entry(0, a, b, .opened), Wire.entry(1, a, b, .opened, witness: .receiver),
            Wire.entry(2, a, b, .stream([1, 2, 3, 4])),
            Wire.entry(3, a, b, .stream([1, 2]), witness: .receiver),
            Wire.entry(4, a, b, .stream([3, 4]), witness: .receiver),
            Wire.entry(5, b, a, .stream([9])), Wire.entry(6, b, a, .stream([9]), witness: .receiver),
            Wire.entry(7, a, b, .closed), Wire.entry(8, a, b, .closed, witness: .receiver),
        ])
        let recording = Recording(of: trace)
        #expect(recording.trace.entries.map(\.packet) == [2, 2, 4, 4, 4, 5, 5, 6, 6])
        #expect(
            recording.capture.trace().entries.map(\.content) == [
                .opened, .stream([1, 2, 3, 4]), .stream([9]), .closed,
            ])
    }

    @Test func `A datagram that was sent and lost stays in the recording, without a receiver's packet`() {
        let a = Wire.address(Wire.a, 5060)
        let b = Wire.address(Wire.b, 5060)
        let trace = Wire.trace([
            Wire.entry(0, a, b, .datagram([1])), Wire.entry(1, a, b, .datagram([2])),
            Wire.entry(2, a, b, .datagram([2]), witness: .receiver),
            Wire.entry(3, a, b, .datagram([2]), witness: .receiver),
        ])
        #expect(Recording(of: trace).trace.entries.map(\.packet) == [1, 2, 2, nil])
    }

    @Test func `A packet says its step and what happens in it`() {
        let trace = Wire.trace([
            Wire.entry(0, client, server, .datagram([1]), step: "3"), Wire.entry(1, client, server, .datagram([2])),
            Wire.entry(2, client, server, .datagram([3]), step: "4"),
        ])
        let recording = Recording(of: trace) { entry in
            entry.step == "4" ? nil : "A sends “Hello B” in the session"
        }
        #expect(
            recording.capture.packets.map(\.comments) == [
                ["step 3: A sends “Hello B” in the session"], ["A sends “Hello B” in the session"], ["step 4"],
            ])
        #expect(recording.capture.trace().entries.map(\.step) == ["3", nil, "4"])
    }

    @Test func `A step is believed only in a capture of ours`() {
        var capture = Recording(of: Wire.trace([Wire.entry(0, client, server, .datagram([1]), step: "3")])).capture
        #expect(capture.trace().entries.map(\.step) == ["3"])
        capture.comments = ["Captured by Dumpcap"]
        let foreign = capture.trace()
        #expect(foreign.entries.map(\.step) == [nil])
        #expect(foreign.testCaseID == nil)
        #expect(foreign.cast.parties.isEmpty)
        #expect(!foreign.datagramsKeepOrder)
    }

    @Test func `The caller's cast takes the place of the one in the capture`() {
        let capture = Recording(of: Wire.trace([Wire.entry(0, client, server, .datagram([1]))])).capture
        let other = Cast([Party(name: PartyName("C"), role: .client, imAddress: nil, addresses: [Wire.a])])
        #expect(capture.trace(cast: other).cast == other)
        #expect(capture.trace().cast == Wire.cast)
    }

    @Test func `A refused connection is a reset without an opening`() {
        let trace = Wire.trace([Wire.entry(0, relay, msrp, .closed, witness: .receiver)])
        let recording = Recording(of: trace)
        #expect(recording.capture.trace().entries.map(\.content) == [.closed])
        #expect(recording.capture.trace().entries.map(\.source) == [relay])
    }

    @Test func `Bytes that the witness missed are a gap of the same length`() {
        let trace = Wire.trace([
            Wire.entry(0, msrp, relay, .opened), Wire.entry(1, msrp, relay, .stream([1, 2])),
            Wire.entry(2, msrp, relay, .gap(count: 500)), Wire.entry(2, msrp, relay, .stream([3])),
            Wire.entry(5, relay, msrp, .stream([4])), Wire.entry(6, relay, msrp, .gap(count: 9)),
        ])
        #expect(Wire.comparable(Recording(of: trace).capture.trace().entries) == Wire.comparable(trace.entries))
    }

    @Test func `A connection that is opened again between the same sockets is another one`() {
        let trace = Wire.trace([
            Wire.entry(0, msrp, relay, .opened), Wire.entry(1, msrp, relay, .stream([1])),
            Wire.entry(2, msrp, relay, .closed), Wire.entry(3, relay, msrp, .closed),
            Wire.entry(4, msrp, relay, .opened), Wire.entry(5, msrp, relay, .stream([1])),
        ])
        #expect(Wire.comparable(Recording(of: trace).capture.trace().entries) == Wire.comparable(trace.entries))
    }

    @Test func `What is sent before and after something received at the same time stays in its order`() {
        let trace = Wire.trace([
            Wire.entry(0, client, server, .opened), Wire.entry(1, client, server, .stream(Array("REGISTER".utf8))),
            Wire.entry(1, server, client, .stream(Array("BYE".utf8)), witness: .receiver),
            Wire.entry(1, client, server, .stream(Array("200 to BYE".utf8))),
        ])
        #expect(Wire.comparable(Recording(of: trace).capture.trace().entries) == Wire.comparable(trace.entries))
    }

    @Test(arguments: [1, 7, 42, 99, 1_234] as [UInt64])
    func `Any trace of one witness comes back from its capture as it was`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3 {
            let trace = TraceGenerator.trace(using: &generator)
            let file = Recording(of: trace).capture.serialized()
            let read = try Capture(parsing: file).trace()
            #expect(Wire.comparable(read.entries) == Wire.comparable(trace.entries))
            #expect(read.cast == trace.cast)
            #expect(read.defects.isEmpty)
        }
    }
}
