import Conformance
import Network
import Reporting
import Testing

@Suite struct ExitCodeTests {
    private typealias Outcome = CaseResult.Outcome

    private static let pass = Outcome.judged(interop: .pass, conformance: .pass)
    private static let fail = Outcome.judged(interop: .fail, conformance: .pass)
    private static let breach = Outcome.judged(interop: .pass, conformance: .fail)
    private static let inconclusive = Outcome.judged(interop: .inconclusive, conformance: .pass)
    private static let error = Outcome.error(reason: "Port 5060 is taken")
    private static let notApplicable = Outcome.notApplicable(reason: "ICS IMSpec-DM-S-001-O = no")
    private static let outOfTime = Outcome.outOfTime(reason: "The time budget was used up")

    private static func run(_ outcomes: [Outcome], incomplete: String? = nil) -> RunResult {
        var run = Sample.run
        run.cases = outcomes.map { outcome in
            CaseResult(testCase: Sample.paging, outcome: outcome, started: Sample.start, elapsed: .zero)
        }
        run.incomplete = incomplete
        return run
    }

    /// Every row of the table: what happened, and the one code for it.
    private static let table: [(cases: [Outcome], incomplete: String?, code: ExitCode, status: Int)] = [
        ([pass], nil, .success, 0),
        ([pass, notApplicable], nil, .success, 0),
        ([pass, fail], nil, .fail, 1),
        ([pass, breach], nil, .fail, 1),
        ([pass, inconclusive], nil, .inconclusive, 3),
        ([pass, error], nil, .harness, 4),
        ([], nil, .nothing, 5),
        ([notApplicable, notApplicable], nil, .nothing, 5),
        ([pass, outOfTime], "The time budget was used up", .incomplete, 7),
        ([outOfTime], "The time budget was used up", .incomplete, 7),
    ]

    @Test(arguments: table.indices)
    func `Each cause has its code`(row: Int) {
        let (cases, incomplete, code, status) = Self.table[row]
        #expect(ExitCode(Self.run(cases, incomplete: incomplete)) == code)
        #expect(code.rawValue == status)
    }

    @Test func `Codes that no result has are those of usage and of the signals that end a run`() {
        let fromResults = Set(Self.table.map(\.code))
        #expect(Set(ExitCode.allCases).subtracting(fromResults) == [.usage, .stale, .interrupted, .terminated])
        #expect(ExitCode.stale.rawValue == 6)
        #expect(ExitCode.usage.rawValue == 2)
        #expect(ExitCode.interrupted.rawValue == 130)
        #expect(ExitCode.terminated.rawValue == 143)
    }

    /// The causes in the order in which they go before each other.
    private enum Cause: Int, CaseIterable {
        case error
        case fail
        case inconclusive
        case stale
        case incomplete
        case tooFew

        var code: ExitCode {
            switch self {
            case .error: .harness
            case .fail: .fail
            case .inconclusive: .inconclusive
            case .stale: .stale
            case .incomplete: .incomplete
            case .tooFew: .nothing
            }
        }
    }

    @Test(arguments: 1..<64)
    func `Of several causes the first of 4, 1, 3, 6, 7, 5 gives the code`(combination: Int) throws {
        let causes = Cause.allCases.filter { combination & (1 << $0.rawValue) != 0 }
        var outcomes = [Self.pass]
        if causes.contains(.inconclusive) { outcomes.append(Self.inconclusive) }
        if causes.contains(.fail) { outcomes.append(Self.fail) }
        if causes.contains(.error) { outcomes.append(Self.error) }
        var gate = ExitCode.Gate()
        if causes.contains(.tooFew) { gate.leastExecuted = 10 }
        var run = Self.run(outcomes, incomplete: causes.contains(.incomplete) ? "Stopped" : nil)
        if causes.contains(.stale) { run.stale = ["It fails no more."] }
        let first = try #require(causes.first)
        #expect(ExitCode(run, gate: gate) == first.code)
        run.cases.reverse()
        #expect(ExitCode(run, gate: gate) == first.code)
    }

    @Test(arguments: [1, 255, 256, 257, 512])
    func `The code never counts`(failures: Int) {
        #expect(ExitCode(Self.run(Array(repeating: Self.fail, count: failures))).rawValue == 1)
        #expect(ExitCode(Self.run(Array(repeating: Self.error, count: failures))).rawValue == 4)
        #expect(ExitCode(Self.run(Array(repeating: Self.inconclusive, count: failures))).rawValue == 3)
    }

    @Test func `Inconclusive cases may be allowed, and then do not hide what comes after them`() {
        var gate = ExitCode.Gate()
        gate.allowsInconclusive = true
        #expect(ExitCode(Self.run([Self.pass, Self.inconclusive]), gate: gate) == .success)
        #expect(ExitCode(Self.run([Self.inconclusive, Self.fail]), gate: gate) == .fail)
        #expect(ExitCode(Self.run([Self.inconclusive], incomplete: "Stopped"), gate: gate) == .incomplete)
    }

    @Test func `That too few were executed is a sentence`() {
        var gate = ExitCode.Gate()
        #expect(gate.shortage(of: Self.run([Self.pass])) == nil)
        #expect(gate.shortage(of: Self.run([])) == "No case was executed, at least 1 was asked for.")
        gate.leastExecuted = 50
        let run = Self.run([Self.pass, Self.notApplicable])
        #expect(gate.shortage(of: run) == "1 case was executed, at least 50 were asked for.")
        #expect(gate.shortage(of: Self.run([Self.pass], incomplete: "Stopped")) == nil)
    }

    @Test func `Only cases that were executed count towards the least number`() {
        var gate = ExitCode.Gate()
        gate.leastExecuted = 2
        #expect(ExitCode(Self.run([Self.pass, Self.notApplicable]), gate: gate) == .nothing)
        #expect(ExitCode(Self.run([Self.pass, Self.pass]), gate: gate) == .success)
        gate.leastExecuted = 0
        #expect(ExitCode(Self.run([]), gate: gate) == .success)
    }
}
