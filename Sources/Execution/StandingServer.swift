package import Conformance
import Dissection
package import Network
package import ReferenceServer
package import Transport

/// The embedded server at one place for a whole run, where clients that nobody here plays find it.
///
/// It keeps what is seen of them at its end: their registrations hold from one test case to the next, and each case
/// rests on them.
package final class StandingServer {
    let loop: EventLoop
    let handle: NodeHandle
    var server: ReferenceServer
    /// The number of the prompt that was shown last.
    var lastPrompt = 0
    /// What real clients have been asked to publish last.
    var settings: [PartyName: Settings] = [:]
    package let doorbell: Doorbell
    private var recorder: TraceRecorder
    /// The registrations of real clients that hold, as they were seen.
    private var registrations: [TraceEntry] = []
    /// The addresses of the simulated clients, whose own record tells of them.
    private let ownAddresses: Set<IPAddress>

    /// Begins to serve.
    ///
    /// - Parameters:
    ///   - configuration: Where and for whom.
    ///   - seed: The seed of every identifier.
    ///   - defects: The ways in which the server is to be wrong on purpose.
    ///   - ownAddresses: The addresses of all clients that are simulated.
    /// - Throws: Why it cannot listen.
    package init(
        _ configuration: ReferenceServer.Configuration, seed: UInt64, defects: Set<ServerDefect>,
        ownAddresses: Set<IPAddress>
    ) throws(TransportError) {
        server = ReferenceServer(configuration: configuration, seed: seed, defects: defects)
        self.ownAddresses = ownAddresses
        loop = try EventLoop()
        handle = try loop.add(server.listeningPoints, named: "the reference server")
        doorbell = try loop.addDoorbell()
        recorder = TraceRecorder(testCaseID: "", cast: Cast([]), datagramsKeepOrder: true)
    }

    deinit { loop.shutDown() }

    /// Serves until each of these users has registered and published its settings.
    ///
    /// - Parameters:
    ///   - users: The IM Addresses of the real clients.
    ///   - patience: How long that may take.
    ///   - observe: Hears of each client that has registered, and from where.
    ///   - isStopped: Whether to wait no more, which is asked after every event and ring of the bell.
    /// - Returns: The addresses of those that have registered.
    /// - Throws: The reason in our environment for which sockets no longer do their work.
    package func waitForRegistrations(
        of users: [PartyName: String], patience: Duration, observe: (PartyName, IPAddress) -> Void,
        isStopped: () -> Bool
    ) throws(TransportError) -> [PartyName: [IPAddress]] {
        var found: [PartyName: [IPAddress]] = [:]
        var deadline = loop.now + patience
        var hasGrace = false
        while found.count < users.count || !hasGrace {
            var count = registrations.count
            let end = try loop.run(
                until: { self.registrations.count != count || isStopped() }, deadline: deadline, observe: { _ in }
            ) { node, event, time in
                guard node == self.handle else { return [] }
                let (effects, entries) = self.take(event, at: time)
                self.keepRegistrations(in: entries)
                return effects
            }
            count = registrations.count
            if isStopped() { return found }
            for (party, user) in users where found[party] == nil {
                guard let address = addresses(of: user).first else { continue }
                found[party] = [address]
                observe(party, address)
            }
            if case .deadlinePassed = end { return found }
            // Settings come a moment after the registration, if at all.
            if found.count == users.count, !hasGrace {
                hasGrace = true
                deadline = loop.now + Self.grace
                if users.values.allSatisfy(hasPublished) { return found }
            }
            if hasGrace, users.values.allSatisfy(hasPublished) { return found }
        }
        return found
    }

    /// How long after its registration a client may publish its settings before the first case begins.
    private static let grace = Duration.seconds(5)

    /// The registrations that hold, as they were seen, of clients with these addresses.
    func registrations(of addresses: Set<IPAddress>) -> [TraceEntry] {
        registrations.filter { addresses.contains($0.source.address) || addresses.contains($0.destination.address) }
    }

    /// Lets the server hear something.
    ///
    /// - Returns: What it does, and what is to be recorded of both.
    func take(_ event: NodeEvent, at time: Instant) -> (effects: [NodeEffect], entries: [TraceEntry]) {
        recorder.record(event, at: .server, time: time)
        return note(server.handle(event, at: time), at: time)
    }

    func take(_ request: OperatorRequest, at time: Instant) -> (effects: [NodeEffect], entries: [TraceEntry]) {
        note(server.handle(request, at: time), at: time)
    }

    private func note(_ effects: [NodeEffect], at time: Instant) -> ([NodeEffect], [TraceEntry]) {
        for effect in effects { recorder.record(effect, at: .server, time: time) }
        let entries = recorder.takeEntries().filter { entry in
            !ownAddresses.contains(entry.source.address) && !ownAddresses.contains(entry.destination.address)
        }
        // What passes this end of the way has been sent by the one, and is on its way to the other.
        return (effects, entries.map { $0.seenOnPath })
    }

    /// Keeps the registrations that hold, with the answers to them; forgets those that are replaced or removed.
    func keepRegistrations(in entries: [TraceEntry]) {
        guard !entries.isEmpty else { return }
        registrations = RegistrationRecord(registrations + entries).entries
    }

    /// From where a user is registered.
    package func addresses(of user: String) -> [IPAddress] {
        let record = RegistrationRecord(registrations)
        return record.addresses(of: user)
    }

    private func hasPublished(_ user: String) -> Bool { RegistrationRecord(registrations).hasPublished(user) }
}

extension TraceEntry {
    fileprivate var seenOnPath: TraceEntry {
        var entry = self
        entry.witness = .path
        return entry
    }
}
