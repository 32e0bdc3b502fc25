import Assessment
import Conformance
import Network
import ReferenceServer
import TestSupport
import Testing

@testable import Execution

/// A system that goes another way, where the documents leave one open, passes once it is described so, and not before.
struct DeviationTests {
    /// A case, and how the reference server is to be for it.
    struct Play: Sendable, CustomTestStringConvertible {
        var deviation: Deviation
        var id: String
        var defects: Set<ServerDefect> = []
        var alter: @Sendable (inout ReferenceServer.Configuration) -> Void = { _ in }
        /// What becomes of what the server does.
        var wrap: WrappedServer.Wrap = { _, _, server in server() }

        var testDescription: String { "\(deviation.rawValue) in \(id)" }

        /// What is judged when so much is said of the server.
        func assessed(knowing known: Set<Deviation>) throws -> Assessed {
            let testCase = try Shipped.testCase("IM-2.0-int-\(id)").adapted(to: known)
            var options = CastingOptions()
            options.deviations = known
            var casting = Casting(testCase, slot: 0, identity: "t1s", options: options)
            var configuration = try #require(casting.server)
            alter(&configuration)
            casting.server = configuration
            let performance = Simulation(testCase, casting: casting, seed: 7) { seed in
                WrappedServer(ReferenceServer(configuration: configuration, seed: seed, defects: defects), wrap: wrap)
            }.perform()
            return Assessor(testCase, knownFor: known).assess(performance.trace)
        }
    }

    /// The INVITE goes before the answer to REGISTER, so that it comes while there are no settings for certain.
    private static let invitingBeforeAnswering: WrappedServer.Wrap = { event, _, server in
        let effects = server()
        guard case .datagram(let bytes, _, _) = event, bytes.starts(with: "REGISTER".utf8) else { return effects }
        return effects.reversed()
    }

    private static let plays: [Play] = [
        Play(deviation: .oneToOneByFactory, id: "101") { $0.policy.oneToOneSessions = .byFactory },
        Play(deviation: .oneToOneByFactory, id: "603") { $0.policy.oneToOneSessions = .byFactory },
        Play(deviation: .oneToOneByFactory, id: "604") { $0.policy.oneToOneSessions = .byFactory },
        Play(deviation: .listMessagesByExploder, id: "203") { $0.policy.listMessages = .byExploder },
        Play(deviation: .takenAliasRefused, id: "104") { $0.conferences.aliasCollision = .reject },
        Play(deviation: .changesNotNotified, id: "106", defects: [.joinNotTold]),
        Play(deviation: .changesNotNotified, id: "108", defects: [.expulsionNotTold]),
        Play(deviation: .roomOutlivesOriginator, id: "104", defects: [.autoReleaseIgnored]),
        Play(
            deviation: .pushedAtRegistration, id: "402", defects: [.pushesAtRegistration],
            wrap: invitingBeforeAnswering),
        Play(deviation: .historyByList, id: "501") { $0.policy.conferencesOfTwo = .bySession },
        Play(deviation: .historyByList, id: "502") { $0.policy.conferencesOfTwo = .bySession },
        Play(deviation: .historyByList, id: "505") { $0.policy.conferencesOfTwo = .bySession },
        Play(deviation: .settingsEndWithRegistration, id: "401", defects: [.settingsForgotten]),
    ]

    @Test(arguments: plays)
    func `The system passes that is described, and not without a word`(play: Play) throws {
        let described = try play.assessed(knowing: [play.deviation])
        #expect(described.complaints == [])
        #expect(described.interop == .pass && described.conformance == .pass)
        #expect(try play.assessed(knowing: []).complaints != [])
        let checks = try Shipped.testCase("IM-2.0-int-\(play.id)").checks.filter { $0.unless == play.deviation }
        let findings = described.findings.filter { finding in checks.contains { $0.id == finding.check } }
        #expect(checks.isEmpty == findings.isEmpty)
        #expect(findings.allSatisfy { $0.expected.contains("“\(play.deviation.rawValue)”") }, "each says why")
    }

    /// The cases at systems that go every other way at once, as far as they are applicable and that can matter.
    ///
    /// A server that is not meant to tell of joining, or to wait with pushing, does so in cases too in which that is no
    /// deviation; and who has a focus for all sessions has no use for lists that record.
    private static let journeys: [Play] = {
        let ways = Set(Deviation.allCases).subtracting([.changesNotNotified, .pushedAtRegistration])
        func play(_ id: String, without way: Deviation) -> Play? {
            let known = ways.subtracting([way])
            guard let testCase = try? Shipped.testCase(id), testCase.impediment(of: known) == nil else { return nil }
            let together = plays.filter { known.contains($0.deviation) }
            return Play(
                deviation: way, id: String(id.suffix(3)), defects: together.reduce([]) { $0.union($1.defects) },
                alter: { configuration in together.forEach { $0.alter(&configuration) } })
        }
        return Shipped.all.compactMap { play($0, without: .historyByList) }
            + Shipped.all.filter { $0.contains("-50") }.compactMap { play($0, without: .oneToOneByFactory) }
    }()

    @Test func `All cases but one are applicable to a system that goes every other way`() {
        #expect(Self.journeys.count == 33 + 5)
    }

    @Test(arguments: journeys.sampled)
    func `The system that is described passes every case that is applicable`(play: Play) throws {
        let known = Set(Deviation.allCases).subtracting([.changesNotNotified, .pushedAtRegistration, play.deviation])
        #expect(try play.assessed(knowing: known).complaints == [])
    }

    @Test func `Sessions of two are recorded by a list, and by REFER once they have a focus`() throws {
        let testCase = try Shipped.testCase("IM-2.0-int-505").adapted(to: [.historyByList])
        guard case .invite(.client, _) = testCase.procedure[0].action else {
            Issue.record("\(testCase.procedure[0].action)")
            return
        }
        let other = try Shipped.testCase("IM-2.0-int-102")
        #expect(other.adapted(to: [.historyByList]) == other)
        #expect(testCase.adapted(to: []) == testCase)
        let both = try Shipped.testCase("IM-2.0-int-505")
        #expect(both.adapted(to: [.historyByList, .oneToOneByFactory]) == both)
    }

    @Test func `A case is not applicable to a system whose deviation leaves it nothing to test`() throws {
        let extending = try Shipped.testCase("IM-2.0-int-107")
        #expect(extending.impediment(of: [.takenAliasRefused]) == nil)
        let words = try #require(extending.impediment(of: Set(Deviation.allCases))).words
        #expect(words.hasPrefix("Deviation one-to-one-by-factory: A session of two by way of the factory is "))
    }

    @Test
    func `Every deviation has a case that shows it, and so has every case with a criterion that it makes a warning`()
        throws
    {
        #expect(Set(Self.plays.map(\.deviation)) == Set(Deviation.allCases))
        for id in Shipped.all {
            let ways = Set(try Shipped.testCase(id).checks.compactMap(\.unless))
            let shown = Self.plays.filter { id.hasSuffix($0.id) }.map(\.deviation)
            #expect(ways.isSubset(of: shown), "\(id)")
        }
    }
}
