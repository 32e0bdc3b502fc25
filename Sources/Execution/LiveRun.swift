package import Actors
import Bytes
package import Conformance
package import Network
package import ReferenceServer
package import Transport

/// One performance in real time over real sockets.
package struct LiveRun: Sendable {
    private var stage: Stage
    private var server: ReferenceServer?
    private let limit: Duration
    /// What the secured connections of each party need.
    private let contexts: [PartyName: TLSContext]
    /// Lets another system do what its operator is asked for; returns why it does not, or nil.
    private let operatorOfSystem: (@Sendable (OperatorRequest) -> String?)?

    /// - Parameters:
    ///   - testCase: What is to be performed.
    ///   - casting: Who performs it, with the embedded reference server or without.
    ///   - seed: The seed of every identifier.
    ///   - patience: How long to wait for what.
    ///   - serverDefects: The ways in which the embedded server is to be wrong on purpose.
    ///   - clientDefects: Likewise for clients.
    ///   - operatorOfSystem: Lets a system that is not embedded do what its operator is asked for; returns why it does
    ///     not, or nil. Without one nobody is asked.
    package init(
        _ testCase: TestCase, casting: Casting, seed: UInt64, patience: Stage.Patience,
        serverDefects: Set<ServerDefect> = [], clientDefects: [PartyName: Set<ClientDefect>] = [:],
        operatorOfSystem: (@Sendable (OperatorRequest) -> String?)? = nil
    ) {
        self.operatorOfSystem = operatorOfSystem
        var generator = SeededGenerator(seed: seed)
        var casting = casting
        contexts = casting.certify()
        stage = Stage(
            testCase, casting: casting, seed: generator.next(), defects: clientDefects,
            keepsOrder: casting.cast.isLoopback, patience: patience)
        server = casting.server.map { configuration in
            ReferenceServer(configuration: configuration, seed: generator.next(), defects: serverDefects)
        }
        limit = patience.step * (testCase.numberOfScenes + 1) + max(patience.quiet, patience.unanswered)
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
        var venue = LiveVenue(system: server, operatorOfSystem: operatorOfSystem)
        if let server {
            let handle = try loop.add(
                server.listeningPoints, named: "the reference server", security: contexts[.server])
            venue.server = handle
        }
        var play = try LivePlay(stage, at: venue, by: loop, contexts: contexts)
        return try play.perform(limit: limit, observe: observe)
    }
}
