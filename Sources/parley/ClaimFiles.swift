import Conformance
import Discrimination
import Foundation

/// What each case claims to catch, one file a case: a defect a line, and the checks that fail by it.
///
///     server:textAltered 101.3a 101.4
struct ClaimFiles {
    let directory: String

    func write(_ row: DefectMatrix.Row) throws {
        let text = lines(of: row).map { $0 + "\n" }.joined()
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try Data(text.utf8).write(to: URL(fileURLWithPath: path(of: row)))
        } catch {
            throw HarnessError("The claims cannot be written to “\(path(of: row))”: \(error.reason)")
        }
    }

    /// How what is caught differs from what is claimed, one sentence each.
    func differences(from row: DefectMatrix.Row) throws -> [String] {
        guard let data = FileManager.default.contents(atPath: path(of: row)) else {
            return ["\(row.testCase.id): there are no claims in “\(path(of: row))”; write them with --update"]
        }
        func table(_ lines: [String]) -> [String: String] {
            Dictionary(
                lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }.map { line in
                    let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
                    return (parts[0], parts.count > 1 ? parts[1] : "")
                }
            ) { first, _ in first }
        }
        let claimed = table(String(decoding: data, as: UTF8.self).components(separatedBy: "\n"))
        let caught = table(lines(of: row))
        return Set(claimed.keys).union(caught.keys).sorted().compactMap { defect in
            guard claimed[defect] != caught[defect] else { return nil }
            let (claim, fact) = (claimed[defect] ?? "no check", caught[defect] ?? "no check")
            return "\(row.testCase.id): \(defect) is caught by \(fact), and claimed is \(claim)"
        }
    }

    private func path(of row: DefectMatrix.Row) -> String { "\(directory)/\(row.testCase.id).txt" }

    private func lines(of row: DefectMatrix.Row) -> [String] {
        row.catches.sorted { $0.key < $1.key }.map { culprit, caught in
            ([culprit.description] + caught.checks).joined(separator: " ")
        }
    }
}
