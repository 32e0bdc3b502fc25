import Bytes
import Conformance
import Network

@testable import PacketCapture

/// Entries and packets for tests, by few words.
enum Wire {
    static let a = IPAddress(127, 0, 0, 11)
    static let b = IPAddress(127, 0, 0, 12)
    static let server = IPAddress(127, 0, 0, 1)
    static let epoch = Instant(nanoseconds: 1_767_225_600_000_000_000)

    static let cast = Cast([
        Party(name: PartyName("A"), role: .client, imAddress: "sip:alice@home.example", addresses: [a]),
        Party(name: PartyName("B"), role: .client, imAddress: "sip:bob@home.example", addresses: [b]),
        Party(name: .server, role: .server, imAddress: nil, addresses: [server]),
    ])

    /// So many microseconds into the test.
    static func at(_ microseconds: Int64) -> Instant { epoch + .microseconds(microseconds) }

    static func address(_ address: IPAddress, _ port: UInt16) -> SocketAddress { SocketAddress(address, port: port) }

    static func trace(_ entries: [TraceEntry], cast: Cast = cast, defects: [String] = []) -> Trace {
        Trace(
            testCaseID: "IM-2.0-int-101", cast: cast, datagramsKeepOrder: true, entries: entries,
            end: (entries.last?.time ?? epoch) + .seconds(1), defects: defects)
    }

    static func entry(
        _ microseconds: Int64, _ source: SocketAddress, _ destination: SocketAddress, _ content: TraceEntry.Content,
        witness: Witness = .sender, step: String? = nil
    ) -> TraceEntry {
        TraceEntry(
            time: at(microseconds), source: source, destination: destination, witness: witness, content: content,
            step: step)
    }

    /// The entries without what a capture cannot keep: who saw them, and where they stand.
    static func comparable(_ entries: [TraceEntry]) -> [TraceEntry] {
        entries.map {
            var entry = $0
            entry.witness = .path
            entry.packet = nil
            return entry
        }
    }

    /// A capture of IP packets, a microsecond apart.
    static func capture(_ packets: [[UInt8]], linkType: LinkType = .raw) -> Capture {
        Capture(
            interfaces: [Capture.Interface(linkType: linkType)],
            packets: packets.enumerated().map { Capture.Packet(time: at(Int64($0.offset)), bytes: $0.element) })
    }

    static func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        var bytes: [UInt8] = []
        while bytes.count < count { withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) } }
        return Array(bytes.prefix(count))
    }
}
