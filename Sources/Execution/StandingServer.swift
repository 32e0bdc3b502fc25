import Actors
package import Conformance
package import Network
package import ReferenceServer
package import Transport

/// The embedded server at one place for a whole run, where clients that nobody here plays find it.
package final class StandingServer {
    let loop: EventLoop
    let handle: NodeHandle
    var server: WitnessedServer
    /// The number of the prompt that was shown last.
    var lastPrompt = 0
    /// What real clients have been asked to publish last.
    var settings: [PartyName: Settings] = [:]
    package let doorbell: Doorbell
    private let ownAddresses: Set<IPAddress>

    /// Begins to serve.
    ///
    /// - Parameters:
    ///   - casting: Everybody whom a test case of the run may have, and where the server listens.
    ///   - seed: The seed of every identifier.
    ///   - defects: The ways in which the server is to be wrong on purpose.
    /// - Throws: Why it cannot listen.
    package init(_ casting: Casting, seed: UInt64, defects: Set<ServerDefect>) throws(TransportError) {
        var casting = casting
        let contexts = casting.certify()
        guard let configuration = casting.server else {
            preconditionFailure("Real clients meet the embedded server")
        }
        ownAddresses = casting.ownAddresses
        server = WitnessedServer(
            ReferenceServer(configuration: configuration, seed: seed, defects: defects), ownAddresses: ownAddresses)
        loop = try EventLoop()
        handle = try loop.add(
            server.listeningPoints, named: "the reference server", security: contexts[.server])
        doorbell = try loop.addDoorbell()
    }

    deinit { loop.shutDown() }

    /// Serves until each of these users has registered and published its settings, from wherever that may be.
    ///
    /// - Parameters:
    ///   - users: The IM Addresses of the real clients.
    ///   - patience: How long that may take.
    ///   - observe: Hears of each client that has registered, and from where.
    ///   - isReady: Whether all else is there too that is waited for meanwhile, which is asked as often as the next.
    ///   - isStopped: Whether to wait no more, which is asked after every event and ring of the bell.
    /// - Returns: The addresses of those that have registered.
    /// - Throws: The reason in our environment for which sockets no longer do their work.
    package func waitForRegistrations(
        of users: [PartyName: String], patience: Duration, observe: (PartyName, IPAddress) -> Void,
        isReady: () -> Bool = { true }, isStopped: () -> Bool
    ) throws(TransportError) -> [PartyName: [IPAddress]] {
        server.ownAddresses = []
        defer { server.ownAddresses = ownAddresses }
        let last = loop.now + patience
        var wait = RegistrationWait(for: users, until: last)
        while true {
            let revision = server.revision
            for (party, address) in wait.look(at: server.registrations, time: loop.now) { observe(party, address) }
            let isOver = wait.isOver
            if isOver && isReady() || isStopped() { return wait.found }
            let end = try loop.run(
                until: { self.server.revision != revision || isOver && isReady() || isStopped() },
                deadline: isOver ? last : wait.deadline, observe: { _ in }
            ) { node, event, time in
                node == self.handle ? self.server.handle(event, at: time).effects : []
            }
            guard case .deadlinePassed = end else { continue }
            if isOver { return wait.found }
            wait.giveUp()
        }
    }

    /// From where a user is registered.
    package func addresses(of user: String) -> [IPAddress] { server.registrations.addresses(of: user) }
}
