import Actors
import Conformance
import Network
import Testing

@testable import Execution

/// The stage by itself, told by hand what the network and the clock would tell it.
struct StageTests {
    private static let server = SocketAddress(IPAddress(127, 0, 0, 10), port: 5060)
    private static let alice = SocketAddress(IPAddress(127, 0, 0, 11), port: 5060)
    private static let testCase = Play.testCase(
        clients: [Play.a], [Play.step("1", Play.a, .compose(ComposedRequest(method: "OPTIONS", target: Play.a)))])

    private static func stage(_ testCase: TestCase = testCase) -> Stage {
        Stage(
            testCase, casting: testCase.casting, seed: 1, keepsOrder: true,
            patience: Stage.Patience(step: .seconds(100), quiet: .seconds(33)))
    }

    private static func isFinish(_ effect: Stage.Effect) -> Bool {
        if case .finished = effect { true } else { false }
    }

    @Test func `A server of which nothing was heard is unreachable when the network says so`() {
        var stage = Self.stage()
        _ = stage.start(at: Simulation.epoch)
        let effects = stage.handle(
            .undeliverable(to: Self.server, reason: "connection refused"), for: Play.a, at: Simulation.epoch)
        #expect(effects.contains(where: Self.isFinish))
        #expect(stage.outcome == .unreachable(reason: "connection refused"))
    }

    @Test func `A server that was heard and goes away is judged by what it did`() {
        var stage = Self.stage()
        _ = stage.start(at: Simulation.epoch)
        _ = stage.handle(
            .datagram(Array("SIP/2.0 ".utf8), from: Self.server, to: Self.alice), for: Play.a, at: Simulation.epoch)
        _ = stage.handle(
            .undeliverable(to: Self.server, reason: "connection refused"), for: Play.a, at: Simulation.epoch)
        let reason = "the server cannot be reached any more: connection refused"
        #expect(stage.outcome == .stalled(step: "preamble", reason: reason))
        #expect(!stage.isFinished)
        #expect(stage.trace.entries.contains { $0.step == "postamble" })
    }

    @Test func `A server that does not take the certificate of a client is unreachable, whatever was heard of it`() {
        var stage = Self.stage()
        _ = stage.start(at: Simulation.epoch)
        _ = stage.handle(
            .datagram(Array("SIP/2.0 ".utf8), from: Self.server, to: Self.alice), for: Play.a, at: Simulation.epoch)
        stage.note(.refused(reason: "unknown CA"), of: Play.a)
        #expect(stage.proceed(at: Simulation.epoch).contains(where: Self.isFinish))
        #expect(stage.outcome == .unreachable(reason: "unknown CA"))
    }

    @Test func `A certificate that is not taken is nobody's failure, whatever has stalled before or at once`() {
        for isFirst in [true, false] {
            var stage = Self.stage()
            _ = stage.start(at: Simulation.epoch)
            _ = stage.handle(
                .datagram(Array("SIP/2.0 ".utf8), from: Self.server, to: Self.alice), for: Play.a, at: Simulation.epoch)
            if isFirst { stage.note(.refused(reason: "unknown CA"), of: Play.a) }
            stage.note(.unreachable(reason: "connection reset"), of: Play.a)
            if !isFirst {
                _ = stage.proceed(at: Simulation.epoch)
                #expect(stage.outcome != nil)
                stage.note(.refused(reason: "unknown CA"), of: Play.a)
            }
            #expect(stage.proceed(at: Simulation.epoch).contains(where: Self.isFinish))
            #expect(stage.outcome == .unreachable(reason: "unknown CA"))
        }
    }

    @Test func `A group that is said to be there, and has no URI, is nobody's failure`() throws {
        var testCase = Play.testCase(
            clients: [Play.a],
            preamble: [
                Play.step("preamble", Play.a, .logIn(.open)),
                Play.step("preamble", Play.a, .create(group: "IM Group 1")),
            ],
            [Play.step("1", Play.a, .join(group: "IM Group 1", alias: nil, session: "chat"))])
        testCase.equipment.groups = [
            Group(
                name: "IM Group 1", members: [Play.a], invitesMembers: true, isOpen: false, allowsAnonymity: false,
                allowsPrivateMessages: false, releasesWithOriginator: true)
        ]
        var options = CastingOptions()
        options.preconditions[.groups] = .preprovisioned
        let missed = testCase.performed(options: options)
        #expect(
            missed.undone == "what the preamble needs was not provided (A creates the group “IM Group 1”): the "
                + "description of the system does not name “IM Group 1” under “groups”.")
        #expect(missed.sent(by: Play.a, "INVITE").isEmpty)
        options.groups["IM Group 1"] = "sip:im-group-1@parley.example"
        let played = testCase.performed(options: options)
        #expect(played.undone == nil)
        #expect(!played.sent(by: Play.a, "INVITE").isEmpty)
    }

    @Test func `After the end nothing is heard, and no timer does anything`() {
        var stage = Self.stage()
        _ = stage.start(at: Simulation.epoch)
        _ = stage.stop(at: Simulation.epoch)
        let trace = stage.trace
        #expect(stage.isFinished)
        let late = Simulation.epoch + .seconds(1)
        let effects =
            stage.handle(.datagram([0], from: Self.server, to: Self.alice), for: Play.a, at: late)
            + stage.handle(.step, at: late) + stage.handle(.quiet, at: late) + stage.stop(at: late)
        #expect(effects.isEmpty)
        #expect(stage.trace == trace)
    }

    @Test func `A performance that is stopped says what it waited for`() {
        var stage = Self.stage()
        _ = stage.start(at: Simulation.epoch)
        _ = stage.stop(at: Simulation.epoch)
        let wait = "A to be registered and its settings to be accepted"
        #expect(stage.remarks == ["The performance was stopped while waiting for \(wait): the time for it was over."])
        #expect(stage.outcome == .stalled(step: "preamble", reason: "it was stopped: the time for it was over"))
    }

    @Test func `What a stranger hears is nobody's business`() {
        var stage = Self.stage()
        _ = stage.start(at: Simulation.epoch)
        let event = NodeEvent.datagram([0], from: Self.server, to: Self.alice)
        let effects = stage.handle(event, for: PartyName("Z"), at: Simulation.epoch)
        #expect(effects.isEmpty)
    }

    @Test func `A case without steps and clients ends as it begins`() {
        var stage = Self.stage(Play.testCase(clients: [], preamble: [], []))
        let effects = stage.start(at: Simulation.epoch)
        #expect(effects.contains(where: Self.isFinish))
        #expect(stage.outcome == .completed)
    }
}
