import Actors
import Assessment
import Conformance
import Execution
import Network
import ReferenceServer
import Scenarios
import TestSupport

/// The shipped scenarios, performed in simulation and judged.
enum Theatre {
    static var library: ScenarioLibrary { ShippedScenarios.library }

    static func testCase(_ id: String) -> TestCase {
        guard let testCase = library[id] else { preconditionFailure("There is no test case \(id)") }
        return testCase
    }

    static func performance(
        of id: String, seed: UInt64 = 1, server: Set<ServerDefect> = [],
        clients: [PartyName: Set<ClientDefect>] = [:], conditions: NetworkConditions = .perfect,
        options: CastingOptions = CastingOptions()
    ) -> Performance {
        let testCase = testCase(id)
        let casting = Casting(testCase, slot: 0, identity: "t3st0", options: options)
        return Simulation(
            testCase, casting: casting, seed: seed, conditions: conditions, serverDefects: server,
            clientDefects: clients
        ).perform()
    }

    static func assessed(
        _ id: String, seed: UInt64 = 1, server: Set<ServerDefect> = [],
        clients: [PartyName: Set<ClientDefect>] = [:], conditions: NetworkConditions = .perfect,
        options: CastingOptions = CastingOptions()
    ) -> Assessed {
        let performance = performance(
            of: id, seed: seed, server: server, clients: clients, conditions: conditions, options: options)
        return Assessor(testCase(id)).assess(performance.trace)
    }
}

extension Assessed {
    /// What is not as it should be, in lines for people.
    var complaints: [String] {
        findings.filter { $0.verdict != .pass && $0.kind != .warning }.map { finding in
            "\(finding.check): \(finding.verdict.word), expected \(finding.expected), observed \(finding.observed)"
        }
    }

    /// The checks that fail, also those that only warn, with the parties that each blames.
    var blames: [String: Set<PartyName>] {
        let failures = findings.filter { $0.verdict == .fail }
        return Dictionary(grouping: failures, by: \.check).mapValues { Set($0.compactMap(\.party)) }
    }

    /// Everybody who is blamed for something.
    var culprits: Set<PartyName> { blames.values.reduce(into: []) { $0.formUnion($1) } }
}
