import Conformance

/// What a case claims to catch: a defect a line, and the checks that fail by it.
///
///     server:textAltered 101.3a 101.4
package struct Claims: Sendable, Equatable {
    private var checks: [String: [String]]

    /// The claims that a text writes; lines that begin with `#` say something to people.
    package init(_ text: String) {
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: " ").map(String.init)
        }
        checks = Dictionary(lines.filter { !$0.isEmpty }.map { ($0[0], Array($0.dropFirst())) }) { first, _ in first }
    }

    /// The claims that would be true of a row.
    package init(of row: DefectMatrix.Row) {
        checks = Dictionary(uniqueKeysWithValues: row.catches.map { ($0.key.description, $0.value.checks) })
    }

    package var text: String {
        checks.sorted { $0.key < $1.key }.map { ([$0.key] + $0.value).joined(separator: " ") + "\n" }.joined()
    }

    /// How what is caught differs from what is claimed, one sentence each.
    package func differences(from row: DefectMatrix.Row) -> [String] {
        let facts = Claims(of: row)
        return Set(checks.keys).union(facts.checks.keys).sorted().compactMap { defect in
            guard checks[defect] != facts.checks[defect] else { return nil }
            return
                "\(row.testCase.id): \(defect) is caught by \(facts.words(of: defect)), and claimed is \(words(of: defect))"
        }
    }

    private func words(of defect: String) -> String { checks[defect]?.joined(separator: " ") ?? "no check" }
}
