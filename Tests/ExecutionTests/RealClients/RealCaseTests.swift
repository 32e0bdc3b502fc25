import Actors
import Assessment
import Conformance
import Network
import TestSupport
import Testing

@testable import Execution

/// Whole test cases with real clients, in virtual time.
struct RealCaseTests {
    @Test(arguments: Shipped.all.sampled)
    func `A client that does what it is asked passes as A`(id: String) throws {
        try expectPass(id, real: [Play.a])
    }

    @Test(arguments: ["IM-2.0-int-104", "IM-2.0-int-107", "IM-2.0-int-108"])
    func `A case passes in which everybody is real, and does not wait for what has been answered`(id: String) throws {
        let performance = try expectPass(id, real: [Play.a, Play.b, Play.c])
        #expect(performance.elapsed < .seconds(10))
    }

    @discardableResult
    private func expectPass(_ id: String, real: [PartyName], options: CastingOptions = CastingOptions()) throws
        -> Performance
    {
        let testCase = try Shipped.testCase(id)
        var play = RealPlay(testCase, real: real.filter(testCase.equipment.clients.contains), options: options)
        let performance = play.perform()
        let assessed = Assessor(testCase).assess(performance.trace)
        #expect(performance.outcome == .completed, "\(performance.remarks)")
        #expect(assessed.complaints == [])
        #expect(assessed.interop == .pass && assessed.conformance == .pass)
        return performance
    }

    @Test(arguments: ["IM-2.0-int-104", "IM-2.0-int-201", "IM-2.0-int-603"])
    func `A case passes over TCP`(id: String) throws {
        var options = CastingOptions()
        options.transport = .tcp
        let performance = try expectPass(id, real: [Play.a], options: options)
        #expect(!performance.trace.entries.contains { $0.transport == .udp })
    }

    @Test func `What a client does wrong is its failure`() throws {
        let testCase = try Shipped.testCase("IM-2.0-int-201")
        var play = RealPlay(testCase, real: [Play.a], defects: [Play.a: [.contactInMessage]])
        let failures = Assessor(testCase).assess(play.perform().trace).findings.filter { $0.verdict == .fail }
        #expect(failures.contains { $0.check == "201.4c" })
        #expect(failures.allSatisfy { $0.party == Play.a })
    }

    @Test func `A step that is not possible ends the case at once, for the reason given`() throws {
        let testCase = try Shipped.testCase("IM-2.0-int-201")
        var play = RealPlay(testCase, real: [Play.a]) { .cannot($0.id, reason: "there is no button") }
        let performance = play.perform()
        #expect(performance.undone?.contains("there is no button") == true)
        #expect(performance.elapsed < .seconds(1))
        #expect(Assessor(testCase).assess(performance.trace).without(step: "").interop == .inconclusive)
    }

    @Test func `A step that nobody does takes as long as people may take`() throws {
        let testCase = try Shipped.testCase("IM-2.0-int-201")
        let patience = Stage.Patience(step: .seconds(10), quiet: .seconds(3), user: .seconds(50))
        var play = RealPlay(testCase, real: [Play.a], patience: patience) { _ in .answer(0, isSo: true) }
        let performance = play.perform()
        #expect(performance.undone?.hasPrefix("A did not do its part of step 1") == true)
        #expect((.seconds(50) ... .seconds(55)).contains(performance.elapsed))
    }

    @Test func `Nobody to work the clients is an error of the harness`() throws {
        let testCase = try Shipped.testCase("IM-2.0-int-201")
        var play = RealPlay(testCase, real: [Play.a]) { _ in .gone(reason: "It is gone.") }
        #expect(play.perform().outcome == .forsaken(reason: "It is gone."))
    }

    @Test func `Prompts say what to do, in the words of the scenario and with the addresses of others`() throws {
        var play = RealPlay(try Shipped.testCase("IM-2.0-int-101"), real: [Play.a, Play.b])
        _ = play.perform()
        let actions = play.prompts.map { ($0.step.party, $0.action) }
        #expect(
            actions.contains { $0 == (Play.a, .invite(.user("sip:bob@parley.example"), session: "chat")) })
        #expect(actions.contains { $0 == (Play.b, .accept(session: "chat")) })
        #expect(Set(play.prompts.map(\.id)).count == play.prompts.count)
    }

    @Test func `A flood from a real client ends the case before the trace grows without limit`() {
        let testCase = Play.testCase([Play.step("1", Play.a, .page(text: "Hello", to: .client(Play.b)))])
        var options = CastingOptions()
        options.realAddresses[Play.a] = [Play.a.address]
        let casting = Casting(testCase, slot: 0, identity: "", options: options)
        let patience = Stage.Patience(step: .seconds(1), quiet: .seconds(1), entries: 50)
        var stage = Stage(testCase, casting: casting, seed: 1, keepsOrder: true, patience: patience)
        _ = stage.start(at: Simulation.epoch)
        let entry = TraceEntry(
            time: Simulation.epoch, source: SocketAddress(Play.a.address, port: 5060),
            destination: SocketAddress(PartyName.server.address, port: 5060), witness: .path,
            content: .datagram([0x41]))
        for _ in 0..<200 { _ = stage.witness(entry, at: Simulation.epoch) }
        #expect(stage.isFinished)
        #expect(stage.trace.entries.count == 51)
        #expect(stage.remarks.contains { $0.contains("more was seen than the 50 entries") })
    }
}
