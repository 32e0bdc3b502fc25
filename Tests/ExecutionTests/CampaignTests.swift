import Conformance
import Network
import Synchronization
import Testing

@testable import Execution

struct CampaignTests {
    private static func testCase(_ id: String) -> TestCase {
        TestCase(
            id: id, title: id, objects: [.server], description: "",
            references: References(specification: [], scr: [], etr: []), isOptional: false,
            equipment: Equipment(clients: [PartyName("A")], servers: 1), state: [], preamble: [], procedure: [],
            postamble: [], checks: [], position: SourcePosition(file: "", line: 1, column: 1))
    }

    private static func result(_ testCase: TestCase, _ interop: Verdict, _ conformance: Verdict = .pass) -> CaseResult {
        CaseResult(
            testCase: testCase, outcome: .judged(interop: interop, conformance: conformance),
            started: Instant(nanoseconds: 0), elapsed: .zero)
    }

    private static let cases = (1...12).map { testCase("IM-2.0-int-\($0)") }

    @Test(arguments: Campaign.Order.allCases, [1, 8])
    func `Results keep the order of the selection, whatever the order and the workers`(
        order: Campaign.Order, workers: Int
    ) {
        let campaign = Campaign(Self.cases, workers: workers, order: order, seed: 5)
        let results = campaign.run(execute: { Self.result($0.testCase, .pass) }, observe: { _ in })
        #expect(results.map(\.testCase.id) == Self.cases.map(\.id))
        #expect(results.allSatisfy { $0.verdict == .pass })
    }

    @Test func `Every case is executed as often as asked, and workers never share a slot`() {
        let seen = Mutex<[String: Int]>([:])
        let busy = Mutex<Set<UInt8>>([])
        let campaign = Campaign(Self.cases, repetitions: 3, workers: 4, seed: 5)
        _ = campaign.run(
            execute: { assignment in
                let isFree = busy.withLock { $0.insert(assignment.slot).inserted }
                #expect(isFree)
                seen.withLock { $0[assignment.testCase.id, default: 0] += 1 }
                busy.withLock { _ = $0.remove(assignment.slot) }
                return Self.result(assignment.testCase, .pass)
            }, observe: { _ in })
        #expect(seen.withLock { $0 } == Dictionary(uniqueKeysWithValues: Self.cases.map { ($0.id, 3) }))
    }

    @Test func `The worst attempt stands for the case, and the others are counted`() {
        let campaign = Campaign([Self.cases[0]], repetitions: 5, seed: 5)
        let results = campaign.run(
            execute: { Self.result($0.testCase, $0.attempt == 3 ? .fail : .pass) }, observe: { _ in })
        #expect(results[0].interop == .fail)
        #expect(results[0].attempt == 3)
        #expect(
            results[0].remarks == [
                "5 attempts: 4 × interop pass, conformance pass (attempt 1, 2, 4, 5); "
                    + "1 × interop fail, conformance pass (attempt 3)."
            ])
    }

    @Test func `Cases that were never begun are out of time`() {
        let count = Atomic<Int>(0)
        let campaign = Campaign(Self.cases, seed: 5)
        let results = campaign.run(
            execute: { assignment in
                count.add(1, ordering: .relaxed)
                return Self.result(assignment.testCase, .pass)
            }, isStopped: { count.load(ordering: .relaxed) >= 2 }, observe: { _ in })
        #expect(results.prefix(2).allSatisfy { $0.verdict == .pass })
        for result in results.dropFirst(2) {
            guard case .outOfTime = result.outcome else {
                Issue.record("\(result.testCase.id) is not out of time")
                continue
            }
        }
    }

    @Test func `A random order is repeated by its seed`() {
        func order(_ seed: UInt64) -> [String] {
            let begun = Mutex<[String]>([])
            let campaign = Campaign(Self.cases, order: .random, seed: seed)
            _ = campaign.run(
                execute: { assignment in
                    begun.withLock { $0.append(assignment.testCase.id) }
                    return Self.result(assignment.testCase, .pass)
                }, observe: { _ in })
            return begun.withLock { $0 }
        }
        #expect(order(9) == order(9))
        #expect(order(9) != order(10))
        #expect(order(9).sorted() == Self.cases.map(\.id).sorted())
    }
}
