import Conformance
import Network
import PacketCapture

// corpus: fixtures/captures

/// Reads the input as a capture and as a packet of each link type, records what it shows, and reads that again.
///
/// Nothing may trap; what is read is bounded by the input; a capture agrees with itself; a recording shows the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    if let capture = try? Capture(parsing: input) {
        let held = capture.packets.reduce(0) { $0 + $1.bytes.count }
        precondition(held <= count, "The packets hold more than the file")
        precondition((try? Capture(parsing: capture.serialized()))?.packets == capture.packets, "It reads otherwise")
        judge(capture, from: count)
    }
    judge(packets(of: input), from: count)
    return 0
}

/// The input as packets of one link type, each with two bytes of length before it.
func packets(of input: [UInt8]) -> Capture {
    let linkTypes: [LinkType] = [.raw, .ethernet, .null, .linuxSLL, .linuxSLL2]
    let linkType = linkTypes[Int(input.first ?? 0) % linkTypes.count]
    var capture = Capture(interfaces: [Capture.Interface(linkType: linkType)])
    var rest = input.dropFirst()
    while rest.count >= 2 {
        let length = Int(rest.removeFirst()) << 8 | Int(rest.removeFirst())
        let time = Instant(nanoseconds: Int64(capture.packets.count) * 1_000)
        capture.packets.append(Capture.Packet(time: time, bytes: Array(rest.prefix(length))))
        rest = rest.dropFirst(length)
    }
    return capture
}

func judge(_ capture: Capture, from count: Int) {
    let trace = capture.trace()
    let carried = trace.entries.reduce(0) { sum, entry in
        switch entry.content {
        case .datagram(let bytes), .stream(let bytes): sum + bytes.count
        case .opened, .gap, .closed: sum
        }
    }
    precondition(carried <= count, "The trace shows more than the capture holds")
    precondition(zip(trace.entries, trace.entries.dropFirst()).allSatisfy { $0.time <= $1.time }, "Time goes back")

    var actors = trace
    actors.entries = trace.entries.flatMap { entry in
        var (sent, received) = (entry, entry)
        (sent.witness, received.witness) = (.sender, .receiver)
        return [sent, received]
    }
    let isWhole = trace.defects.isEmpty && !trace.entries.contains { if case .gap = $0.content { true } else { false } }
    let annotated = AnnotatedCapture(capture, with: actors)
    precondition(!isWhole || annotated.comparison == .agree, "A capture contradicts itself")

    let recording = Recording(of: trace)
    let again = recording.capture.trace()
    precondition(again.defects == recording.trace.defects, "A recording is damaged")
    let datagrams = trace.entries.filter { if case .datagram = $0.content { true } else { false } }
    let found = again.entries.filter { if case .datagram = $0.content { true } else { false } }
    precondition(datagrams.map(\.content) == found.map(\.content), "A recording loses datagrams")
}
