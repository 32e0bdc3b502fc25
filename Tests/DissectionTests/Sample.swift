import Conformance
import Dissection
import Network
import TestSupport

extension TraceBuilder {
    var dissection: Dissection { Dissection(of: trace()) }
}

extension Dissection {
    var labels: [String] { messages.map(\.label) }

    /// The messages of this label, as reports show it.
    func messages(labelled label: String) -> [DissectedMessage] { messages.filter { $0.label == label } }
}

/// A trace of bytes between A and the server, in one direction of one connection, cut as the segments say.
func streamed(_ segments: [[UInt8]], closed: Bool = false) -> Dissection {
    let (source, destination) = (
        SocketAddress(PartyName.a.address, port: 42_000), SocketAddress(PartyName.server.address, port: 2855)
    )
    func entry(_ content: TraceEntry.Content) -> TraceEntry {
        TraceEntry(
            time: TraceBuilder.start, source: source, destination: destination, witness: .sender, content: content)
    }
    let contents = [.opened] + segments.map { TraceEntry.Content.stream($0) } + (closed ? [.closed] : [])
    return Dissection(
        of: Trace(
            testCaseID: nil, cast: .sample, datagramsKeepOrder: true, entries: contents.map(entry),
            end: TraceBuilder.start))
}

/// One chunk of a text on its own.
func chunk(
    _ text: String, id: String = "text", range: String? = nil, flag: String = "$", transaction: String = "chunk1",
    type: String = "text/plain"
) -> MSRPText {
    MSRPText(
        transaction, "SEND", to: "msrp://127.0.0.10:2855/to-a;tcp", from: "msrp://127.0.0.11:2855/a;tcp",
        [("Message-ID", id)] + (range.map { [("Byte-Range", $0)] } ?? []) + [("Content-Type", type)], body: text,
        flag: flag)
}
