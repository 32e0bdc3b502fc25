import Conformance
import Network

/// The attempts at one case, folded into the worst of them: a retry never makes a failure good.
struct AttemptFold: Sendable {
    private struct Verdicts: Hashable, Comparable {
        var interop: Verdict
        var conformance: Verdict

        static func < (left: Verdicts, right: Verdicts) -> Bool {
            (max(left.interop, left.conformance), left.interop, left.conformance)
                < (max(right.interop, right.conformance), right.interop, right.conformance)
        }
    }

    private var worst: CaseResult?
    private var attempts: [Verdicts: [Int]] = [:]

    mutating func add(_ result: CaseResult) {
        let verdicts = Verdicts(interop: result.interop, conformance: result.conformance)
        attempts[verdicts, default: []].append(result.attempt)
        guard let worst else { return self.worst = result }
        let least = Verdicts(interop: worst.interop, conformance: worst.conformance)
        // Of equal attempts the first stands, whichever worker ended first.
        if verdicts > least || verdicts == least && result.attempt < worst.attempt { self.worst = result }
    }

    /// The result that stands for all attempts, with a remark that counts them when there are several.
    func result(for testCase: TestCase) -> CaseResult {
        guard var result = worst else {
            return CaseResult(
                testCase: testCase, outcome: .outOfTime(reason: "The run was stopped before the case began."),
                started: Instant(nanoseconds: 0), elapsed: .zero)
        }
        let count = attempts.values.map(\.count).reduce(0, +)
        guard count > 1 else { return result }
        let parts = attempts.sorted { $0.key < $1.key }.map { verdicts, numbers in
            let which = numbers.sorted().prefix(5).map(String.init).joined(separator: ", ")
            let named = attempts.count == 1 ? "" : " (attempt \(which)\(numbers.count > 5 ? ", …" : ""))"
            return
                "\(numbers.count) × interop \(verdicts.interop.word), conformance \(verdicts.conformance.word)\(named)"
        }
        result.remarks.append("\(count) attempts: \(parts.joined(separator: "; ")).")
        return result
    }
}
