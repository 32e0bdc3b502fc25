package import Conformance

/// How many cases came to what, always with the number they are part of.
package struct Tally: Equatable, Sendable {
    private let counts: [Mark: Int]

    /// How many there are in all.
    package let total: Int

    package init(_ marks: some Sequence<Mark>) {
        counts = marks.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        total = counts.values.reduce(0, +)
    }

    package subscript(_ mark: Mark) -> Int { counts[mark, default: 0] }

    /// The cases that were executed, whether or not there was something to judge in them.
    package var executed: Int { total - self[.notApplicable] - self[.outOfTime] }

    /// The passes with their denominator: `2 of 3 executed cases passed interop (1 fail); 1 not applicable`.
    package func sentence(_ what: String) -> String {
        let executedMarks: [Mark] = [.error, .fail, .inconclusive, .notJudged]
        let otherMarks: [Mark] = [.outOfTime, .notApplicable]
        func list(_ marks: [Mark]) -> String {
            marks.filter { self[$0] > 0 }.map { "\(self[$0]) \($0.word)" }.joined(separator: ", ")
        }
        let within = list(executedMarks)
        let without = list(otherMarks)
        return "\(self[.pass]) of \(executed) executed \(executed == 1 ? "case" : "cases") passed \(what)"
            + (within.isEmpty ? "" : " (\(within))") + (without.isEmpty ? "" : "; \(without)")
    }
}

extension RunResult {
    package var interopTally: Tally { Tally(cases.map(\.interopMark)) }

    package var conformanceTally: Tally { Tally(cases.map(\.conformanceMark)) }

    /// The mark of the run: the gravest among its cases; never a pass when nothing was executed or the run is partial.
    package var mark: Mark {
        let worst = executed.map(\.mark).max { $0.gravity < $1.gravity } ?? .notJudged
        return worst == .pass && incomplete != nil ? .inconclusive : worst
    }
}

extension CaseResult {
    /// The findings that bear on the interop verdict: pass criteria and what must not be seen.
    package var criteria: Tally {
        Tally(findings.filter { $0.kind == .criterion || $0.kind == .negative }.map(\.mark))
    }

    /// The findings that bear on the conformance verdict.
    package var statements: Tally { Tally(findings.filter { $0.kind == .conformance }.map(\.mark)) }
}

extension Tally {
    /// The passes of all, such as `4/5`, or a dash when there is nothing to count.
    package var fraction: String { total == 0 ? "–" : "\(self[.pass])/\(total)" }
}
