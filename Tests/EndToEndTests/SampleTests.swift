import Conformance
import Cryptography
import Foundation
import Reporting
import TestSupport
import Testing

/// The published report is one that the program of today could have written.
@Suite(.waitsForOthers)
struct SampleTests {
    private func sample() throws -> Report { try Report(ProjectFiles.root.appending(path: "reports/sample")) }

    @Test func `The published report is whole`() throws {
        let report = try sample()
        #expect(try !report.completion.isPartial)
        let listed = try report.completion.files
        #expect(try Set(listed.map(\.path) + ["done.json"]) == Set(report.files))
        for file in listed {
            #expect(try Digest(.sha256, of: report.bytes(file.path)).hexadecimal == file.sha256, "\(file.path)")
        }
    }

    @Test func `Its captures are judged today as they were then`() throws {
        let report = try sample()
        let workplace = try Workplace()
        let outcome = try workplace.parley(["judge"] + report.captures)
        #expect(outcome.status == 1)
        let judged = try workplace.report()
        #expect(judged.verdicts == report.verdicts)
        #expect(judged.judgments.filter { $0.contains(" fail ") } == report.judgments.filter { $0.contains(" fail ") })
    }
}
