package import Actors
package import Conformance
import Network
package import Transport

/// One performance in which clients take part that nobody here plays, in real time at the server that stands.
package struct RealRun {
    private var stage: Stage
    private let standing: StandingServer
    private let operative: any Operative
    private let limit: Duration
    private let contexts: [PartyName: TLSContext]
    /// Where the real clients are.
    private let addresses: Set<IPAddress>

    /// - Parameters:
    ///   - testCase: What is to be performed.
    ///   - casting: Who performs it.
    ///   - standing: The server.
    ///   - operative: Whoever works the real clients.
    ///   - seed: The seed of every identifier of the simulated clients.
    ///   - patience: How long to wait for what.
    ///   - clientDefects: The ways in which simulated clients are to be wrong on purpose.
    package init(
        _ testCase: TestCase, casting: Casting, at standing: StandingServer, operative: any Operative, seed: UInt64,
        patience: Stage.Patience, clientDefects: [PartyName: Set<ClientDefect>] = [:]
    ) {
        self.standing = standing
        self.operative = operative
        var casting = casting
        contexts = casting.certify()
        addresses = Set(casting.real.flatMap { casting.cast[$0]?.addresses ?? [] })
        stage = Stage(
            testCase, casting: casting, seed: seed, defects: clientDefects, keepsOrder: casting.cast.isLoopback,
            patience: patience)
        stage.settings = standing.settings
        stage.numberOfPrompts = standing.lastPrompt
        stage.recall(standing.server.registrations.entries(of: addresses))
        let step = max(patience.step, patience.user)
        limit = step * (testCase.numberOfScenes + 1) + max(patience.quiet, patience.unanswered)
    }

    /// Performs the test case to its end, on the calling thread.
    ///
    /// - Parameter observe: Hears of every step as it begins.
    /// - Returns: What was seen, and how it ended.
    /// - Throws: What the environment lacks, such as a free port.
    package consuming func perform(observe: (_ step: Step) -> Void) throws(TransportError) -> Performance {
        let venue = RealVenue(standing, operative, addresses: addresses)
        var play = try LivePlay(stage, at: venue, by: standing.loop, contexts: contexts)
        defer { play.leave() }
        let performance = try play.perform(limit: limit, observe: observe)
        standing.lastPrompt = play.stage.numberOfPrompts
        standing.settings = play.stage.settings
        return performance
    }
}
