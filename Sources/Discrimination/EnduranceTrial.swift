import Assessment
package import Conformance
import Execution
import Network
import ReferenceServer

/// One case against a server that misbehaves at each message in turn: the run ends in bounded time, and nobody else is
/// blamed.
package struct EnduranceTrial: Sendable {
    package let testCase: TestCase
    /// How many runs there were that differ from the one in which nothing is wrong.
    package private(set) var count = 0
    /// How many of these ended by which interop verdict.
    package private(set) var verdicts: [Verdict: Int] = [:]
    package private(set) var complaints: [String] = []

    /// - Parameters:
    ///   - testCase: The case, performed in virtual time.
    ///   - interval: Only every so many messages are misbehaved at.
    ///   - misbehaviours: What the server does at them.
    package init(
        of testCase: TestCase, every interval: Int = 1, misbehaviours: [Misbehaviour] = Misbehaviour.allCases
    ) {
        self.testCase = testCase
        let clean = Self.performance(of: testCase, nil)
        let assessor = Assessor(testCase)
        // Each step may take its time twice, and what is left at the end is waited for.
        let steps = testCase.preamble.count + testCase.procedure.count + testCase.postamble.count + 3
        let limit = Duration.seconds(200) * steps
        let heard = clean.trace.entries.count { entry in
            clean.trace.cast[.server]?.addresses.contains(entry.destination.address) == true && entry.isMessage
        }
        for misbehaviour in misbehaviours {
            for place in stride(from: 1, through: heard, by: interval) {
                let performance = Self.performance(of: testCase, (misbehaviour, place))
                guard performance.trace != clean.trace else { continue }
                let assessed = assessor.assess(performance.trace)
                count += 1
                verdicts[assessed.interop, default: 0] += 1
                let name = "\(testCase.id): the server \(misbehaviour.rawValue) at message \(place)"
                if performance.elapsed > limit { complaints.append("\(name), and the run took \(performance.elapsed)") }
                let blamed = assessed.findings.filter {
                    $0.verdict == .fail && $0.kind != .warning && ![nil, .server].contains($0.party)
                }
                if let first = blamed.first, let party = first.party {
                    let checks = Set(blamed.map(\.check)).sorted().joined(separator: ", ")
                    complaints.append("\(name), and blamed is \(party) (by \(checks)): \(first.observed)")
                }
            }
        }
    }

    private static func performance(of testCase: TestCase, _ breakdown: (Misbehaviour, Int)?) -> Performance {
        let casting = Casting(testCase, slot: 0, identity: "t3st0")
        guard let configuration = casting.server else { preconditionFailure("The reference server is embedded") }
        return Simulation(testCase, casting: casting, seed: 1) { seed in
            let server = ReferenceServer(configuration: configuration, seed: seed)
            return if let (misbehaviour, place) = breakdown {
                UnreliableServer(server, misbehaviour, at: place)
            } else {
                server
            }
        }.perform()
    }
}

extension TraceEntry {
    fileprivate var isMessage: Bool {
        switch content {
        case .datagram, .stream: true
        case .opened, .gap, .closed: false
        }
    }
}
