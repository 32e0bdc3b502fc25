import Conformance
import Network

/// Writes down what the simulated clients send and receive, byte for byte, where they send and receive it.
struct TraceRecorder: Sendable {
    private struct End: Hashable {
        var party: PartyName
        var connection: ConnectionID
    }

    private(set) var trace: Trace
    /// The step that entries are marked with.
    var step: String?
    private var connections: [End: (local: SocketAddress, remote: SocketAddress)] = [:]

    init(testCaseID: String, cast: Cast, datagramsKeepOrder: Bool, knownFor deviations: Set<Deviation> = []) {
        trace = Trace(
            testCaseID: testCaseID, cast: cast, datagramsKeepOrder: datagramsKeepOrder, knownFor: deviations,
            end: Instant(nanoseconds: 0))
    }

    /// Whether anything has come from anybody.
    var hasReceived: Bool { trace.entries.contains { $0.witness != .sender } }

    mutating func record(_ event: NodeEvent, at party: PartyName, time: Instant) {
        switch event {
        case .datagram(let bytes, let source, let destination):
            add(.datagram(bytes), time, source, destination, .receiver)
        case .connected(let connection, let local, let remote):
            connections[End(party: party, connection: connection)] = (local, remote)
            add(.opened, time, local, remote, .sender)
        case .accepted(let connection, let local, let remote):
            connections[End(party: party, connection: connection)] = (local, remote)
            add(.opened, time, remote, local, .receiver)
        case .received(let connection, let bytes):
            guard let (local, remote) = connections[End(party: party, connection: connection)] else { return }
            add(.stream(bytes), time, remote, local, .receiver)
        case .closed(let connection, _):
            guard let (local, remote) = connections.removeValue(forKey: End(party: party, connection: connection))
            else { return }
            add(.closed, time, remote, local, .receiver)
        case .start, .certified, .refused, .undeliverable, .timer:
            break
        }
    }

    mutating func record(_ effect: NodeEffect, at party: PartyName, time: Instant) {
        switch effect {
        case .datagram(let bytes, let source, let destination):
            add(.datagram(bytes), time, source, destination, .sender)
        case .write(let connection, let bytes):
            guard let (local, remote) = connections[End(party: party, connection: connection)] else { return }
            add(.stream(bytes), time, local, remote, .sender)
        case .close(let connection):
            guard let (local, remote) = connections.removeValue(forKey: End(party: party, connection: connection))
            else { return }
            add(.closed, time, local, remote, .sender)
        case .connect, .connectSecurely, .arm, .cancel:
            break
        }
    }

    /// Adds what another witness has seen.
    mutating func add(_ entry: TraceEntry) {
        var entry = entry
        entry.step = entry.step ?? step
        trace.entries.append(entry)
    }

    /// Takes what has been written down since the last time.
    mutating func takeEntries() -> [TraceEntry] {
        defer { trace.entries.removeAll() }
        return trace.entries
    }

    mutating func end(at time: Instant) {
        trace.end = time
    }

    private mutating func add(
        _ content: TraceEntry.Content, _ time: Instant, _ source: SocketAddress, _ destination: SocketAddress,
        _ witness: Witness
    ) {
        trace.entries.append(
            TraceEntry(
                time: time, source: source, destination: destination, witness: witness, content: content, step: step))
    }
}
