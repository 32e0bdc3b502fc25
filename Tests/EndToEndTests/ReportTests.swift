import Conformance
import Cryptography
import Foundation
import Reporting
import TestSupport
import Testing

/// The folder of a run: what is in it, and that nothing measured is lost.
@Suite(.waitsForOthers)
struct ReportTests {
    @Test func `The folder holds these files, and done.json lists all others by size and digest`() throws {
        let report = try Fixtures.simulated.get().report
        let files = try report.files
        #expect(
            files == [
                "cases/IM-2.0-int-101/capture.pcapng", "cases/IM-2.0-int-101/ladder.txt",
                "cases/IM-2.0-int-201/capture.pcapng", "cases/IM-2.0-int-201/ladder.txt",
                "done.json", "environment.json", "index.html", "junit.xml", "run.json", "summary.md",
            ])
        let listed = try report.completion.files
        #expect(listed.map(\.path).sorted() == files.filter { $0 != "done.json" })
        for file in listed {
            let bytes = try report.bytes(file.path)
            #expect(bytes.count == file.size)
            #expect(Digest(.sha256, of: bytes).hexadecimal == file.sha256)
        }
    }

    @Test func `Nothing is written after done.json`() throws {
        let report = try Fixtures.simulated.get().report
        func time(_ path: String) throws -> Date {
            let attributes = try FileManager.default.attributesOfItem(atPath: report.path(path))
            return try #require(attributes[.modificationDate] as? Date)
        }
        let end = try time("done.json")
        for file in try report.files { #expect(try time(file) <= end, "\(file)") }
    }

    @Test func `The counts of junit.xml are those of the run`() throws {
        let report = try Fixtures.simulatedFailure.get().report
        let text = try report.text("junit.xml")
        let root = try #require(text.firstMatch(of: #/<testsuites [^>]*>/#)).output
        let failures = report.run.cases.count { $0.verdict == .fail }
        #expect(failures == 2)
        #expect(root.contains("tests=\"2\"") && root.contains("failures=\"2\""))
        #expect(root.contains("errors=\"0\"") && root.contains("skipped=\"0\""))
        #expect(text.matches(of: #/<testcase /#).count == 2)
        #expect(text.matches(of: #/<failure /#).count == 2)
    }

    @Test func `latest leads to the newest report`() throws {
        let workplace = try Workplace()
        for _ in 0..<2 {
            let outcome = try workplace.parley("run", "--simulated", "IM-2.0-int-201")
            let path = try #require(outcome.output.firstMatch(of: /Report: (.*)\/index\.html/)).1
            let folder = workplace.url.appending(path: String(path)).resolvingSymlinksInPath()
            let latest = workplace.url.appending(path: "reports/latest").resolvingSymlinksInPath()
            #expect(latest.path == folder.path)
        }
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: workplace.url.appending(path: "reports").path)
        #expect(folders.count == 3)
    }

    @Test func `A folder is replaced only when that is asked for, and only where it holds a report`() throws {
        let workplace = try Workplace()
        let arguments = ["run", "--simulated", "IM-2.0-int-201", "--out", "mine"]
        #expect(try workplace.parley(arguments).status == 0)
        let first = try workplace.bytes("mine/run.json")
        #expect(try workplace.parley(arguments).status == 2)
        #expect(try workplace.bytes("mine/run.json") == first)
        #expect(try workplace.parley(arguments + ["--overwrite"]).status == 0)
        #expect(try workplace.bytes("mine/run.json") != first)
        try workplace.write("mine".utf8, to: "mine/thesis.txt")
        #expect(try workplace.parley(arguments + ["--overwrite"]).status == 2)
        #expect(try workplace.bytes("mine/thesis.txt") == Array("mine".utf8))
        #expect(!workplace.exists("reports"))
    }

    /// A limit on the size of files does what a full disk does, also to root.
    private static func onSmallDisk(blocks: Int, _ command: String) -> String {
        "trap '' XFSZ; ulimit -f \(blocks); \(command)"
    }

    @Test func `Without room for the report everything is told all the same, with 4`() throws {
        let workplace = try Workplace()
        let command = Self.onSmallDisk(blocks: 40, "parley run --simulated --out mine")
        let outcome = try workplace.shell(command)
        #expect(outcome.status == 4)
        #expect(outcome.output.contains("2 of 2 executed cases passed interop"))
        #expect(outcome.complaints.contains("parley: The report cannot be written to “mine”: File too large."))
        #expect(workplace.exists("mine/cases/IM-2.0-int-101/capture.pcapng"))
        #expect(!workplace.exists("mine/done.json"))
    }

    @Test func `Without room for a capture the case is an error, and its findings are kept`() throws {
        let workplace = try Workplace()
        let command = Self.onSmallDisk(blocks: 2, "parley run --simulated --out mine IM-2.0-int-201")
        let outcome = try workplace.shell(command)
        #expect(outcome.status == 4)
        #expect(outcome.output.contains("cannot be written to “mine”: File too large. Make room there"))
    }

    @Test func `A reader that goes away costs the run nothing`() throws {
        let workplace = try Workplace()
        let outcome = try workplace.shell("set -o pipefail; parley run --simulated | head -n 1")
        #expect(outcome.status == 0)
        #expect(try workplace.report().run.executed.count == 2)
    }
}
