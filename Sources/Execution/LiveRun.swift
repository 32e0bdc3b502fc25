package import Actors
import Bytes
package import Conformance
import Network
package import ReferenceServer
package import Transport

/// One performance in real time over real sockets.
package struct LiveRun: Sendable {
    private var stage: Stage
    private var server: ReferenceServer?
    private let limit: Duration
    /// What the secured connections of each party need.
    private let contexts: [PartyName: TLSContext]
    /// Whoever sees to what steps need of the operator of another system.
    private let provider: (any Provider)?

    /// - Parameters:
    ///   - testCase: What is to be performed.
    ///   - casting: Who performs it, with the embedded reference server or without.
    ///   - seed: The seed of every identifier.
    ///   - patience: How long to wait for what.
    ///   - serverDefects: The ways in which the embedded server is to be wrong on purpose.
    ///   - clientDefects: Likewise for clients.
    ///   - provider: Sees to what steps need of the operator of a system that is not embedded; without one nobody does.
    package init(
        _ testCase: TestCase, casting: Casting, seed: UInt64, patience: Stage.Patience,
        serverDefects: Set<ServerDefect> = [], clientDefects: [PartyName: Set<ClientDefect>] = [:],
        provider: (any Provider)? = nil
    ) {
        self.provider = provider
        var generator = SeededGenerator(seed: seed)
        var casting = casting
        contexts = casting.certify()
        stage = Stage(
            testCase, casting: casting, seed: generator.next(), defects: clientDefects,
            keepsOrder: casting.cast.isLoopback, patience: patience)
        server = casting.server.map { configuration in
            ReferenceServer(configuration: configuration, seed: generator.next(), defects: serverDefects)
        }
        // Whoever is asked for something before a step may take as long as the step.
        let share = provider == nil ? 1 : 3
        limit = patience.step * (testCase.numberOfScenes + 1) * share + max(patience.quiet, patience.unanswered)
    }

    /// Performs the test case to its end, on the calling thread.
    ///
    /// - Parameter observe: Hears of every step as it begins.
    /// - Returns: What was seen, and how it ended.
    /// - Throws: What the environment lacks, such as a free port.
    package consuming func perform(observe: (_ step: Step) -> Void = { _ in }) throws(TransportError)
        -> Performance
    {
        let loop = try EventLoop()
        defer { loop.shutDown() }
        var venue = LiveVenue(system: server)
        if let provider { venue.counter = ProvisionCounter(of: provider, bell: try loop.addDoorbell()) }
        if let server {
            let handle = try loop.add(
                server.listeningPoints, named: "the reference server", security: contexts[.server])
            venue.server = handle
        }
        var play = try LivePlay(stage, at: venue, by: loop, contexts: contexts)
        return try play.perform(limit: limit, observe: observe)
    }
}
