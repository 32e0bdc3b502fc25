import Conformance
import Discrimination
import Foundation

/// The files in which cases claim what they catch, one a case.
struct ClaimFiles {
    let directory: String

    func write(_ row: DefectMatrix.Row) throws {
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            try Data(Claims(of: row).text.utf8).write(to: URL(fileURLWithPath: path(of: row)))
        } catch {
            throw HarnessError("The claims cannot be written to “\(path(of: row))”: \(error.reason)")
        }
    }

    /// How what is caught differs from what is claimed, one sentence each.
    func differences(from row: DefectMatrix.Row) -> [String] {
        guard let data = FileManager.default.contents(atPath: path(of: row)) else {
            return ["\(row.testCase.id): there are no claims in “\(path(of: row))”; write them with --update"]
        }
        return Claims(String(decoding: data, as: UTF8.self)).differences(from: row)
    }

    private func path(of row: DefectMatrix.Row) -> String { "\(directory)/\(row.testCase.id).txt" }
}
