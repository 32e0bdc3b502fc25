import Conformance
import Dissection
import Network
import ReferenceServer

/// The embedded server, and what is seen at its end of clients that nobody here plays.
///
/// Their registrations hold from one test case to the next, and each case rests on them.
struct WitnessedServer: Sendable {
    private var server: ReferenceServer
    private(set) var registrations = RegistrationRecord([])
    /// How often that record has changed.
    private(set) var revision = 0
    private var recorder: TraceRecorder
    private var cutter = MessageCutter(cast: Cast([]))
    /// The connections that are open, which tell where a stream begins.
    private var openings: [Set<SocketAddress>: TraceEntry] = [:]
    /// The addresses of the simulated clients, whose own record tells of them.
    ///
    /// Before they begin, whoever is at one of these is a real client in the wrong place.
    var ownAddresses: Set<IPAddress>

    init(_ server: ReferenceServer, ownAddresses: Set<IPAddress>) {
        self.server = server
        self.ownAddresses = ownAddresses
        recorder = TraceRecorder(testCaseID: "", cast: Cast([]), datagramsKeepOrder: true)
    }

    var listeningPoints: [ListeningPoint] { server.listeningPoints }

    /// Lets the server hear something.
    ///
    /// - Returns: What it does, and what is to be recorded of both.
    mutating func handle(_ event: NodeEvent, at time: Instant) -> (effects: [NodeEffect], entries: [TraceEntry]) {
        recorder.record(event, at: .server, time: time)
        return note(server.handle(event, at: time), at: time)
    }

    mutating func handle(
        _ request: OperatorRequest, at time: Instant
    ) -> (effects: [NodeEffect], entries: [TraceEntry]) {
        note(server.handle(request, at: time), at: time)
    }

    private mutating func note(_ effects: [NodeEffect], at time: Instant) -> ([NodeEffect], [TraceEntry]) {
        for effect in effects { recorder.record(effect, at: .server, time: time) }
        // What passes this end of the way has been sent by the one, and is on its way to the other.
        let entries = recorder.takeEntries().filter { !$0.concerns(ownAddresses) }.map(\.seenOnPath)
        for entry in entries { keepRegistrations(in: entry) }
        return (effects, entries)
    }

    /// Keeps the registrations that hold, with the answers to them; forgets those that are replaced or removed.
    private mutating func keepRegistrations(in entry: TraceEntry) {
        switch entry.content {
        case .opened: openings[entry.ends] = entry
        case .closed: openings[entry.ends] = nil
        case .datagram, .stream, .gap: break
        }
        let messages = cutter.read(entry).filter { RegistrationRecord.concerns($0) }
        guard !messages.isEmpty else { return }
        let opening = openings[entry.ends].flatMap { registrations.entries.contains($0) ? nil : $0 }
        registrations = RegistrationRecord(
            registrations.entries + (opening.map { [$0] } ?? []) + messages.map(\.asOnlyEntry))
        revision += 1
    }
}

extension TraceEntry {
    fileprivate var seenOnPath: TraceEntry {
        var entry = self
        entry.witness = .path
        return entry
    }
}
