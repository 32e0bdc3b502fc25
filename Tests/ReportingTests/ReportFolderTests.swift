import Conformance
import Cryptography
import Foundation
import Reporting
import Testing

@Suite struct ReportFolderTests {
    private static let environment = RunEnvironment(
        tool: "parley 0.1.0", command: ["parley", "run"], facts: [RunEnvironment.Fact("Host", "ci-7")])

    /// The files that a folder has been given, in the order in which they came.
    private final class Shelf {
        var files: [(path: String, bytes: [UInt8])] = []
        var refused: String?

        func store(_ path: String, _ bytes: [UInt8]) throws {
            if path == refused { throw Refusal() }
            files.append((path, bytes))
        }
    }

    private struct Refusal: Error {}

    @Test func `A run becomes these files, and the list of them comes last`() throws {
        let shelf = Shelf()
        let capture = ReportFolder.Attachment(path: "cases/IM-2.0-int-101/capture.pcapng", bytes: [1, 2, 3])
        try ReportFolder(store: shelf.store).write(
            Sample.run, environment: Self.environment, exitStatus: 1, attachments: [capture])
        #expect(
            shelf.files.map(\.path) == [
                "cases/IM-2.0-int-101/capture.pcapng", "run.json", "environment.json", "junit.xml",
                "index.html", "summary.md", "cases/IM-2.0-int-101/ladder.txt",
                "cases/IM-2.0-int-201/ladder.txt", "done.json",
            ])
    }

    @Test func `The list gives the size and the digest of every other file`() throws {
        let shelf = Shelf()
        try ReportFolder(store: shelf.store).write(Sample.run, environment: Self.environment, exitStatus: 1)
        let done = try JSONValue(parsing: try #require(shelf.files.last).bytes)
        guard case .array(let listed) = done["files"] else {
            Issue.record("No files are listed")
            return
        }
        #expect(listed.count == shelf.files.count - 1)
        for (entry, file) in zip(listed, shelf.files) {
            #expect(entry["path"] == .string(file.path))
            #expect(entry["size"] == .number(String(file.bytes.count)))
            #expect(entry["sha256"] == .string(Digest(.sha256, of: file.bytes).hexadecimal))
        }
        #expect(done["exitStatus"] == .number("1"))
        #expect(done["isPartial"] == .bool(false))
        #expect(done["cases"]?["executed"] == .number("4"))
        #expect(done["cases"]?["interop"]?["not applicable"] == .number("1"))
    }

    @Test func `A folder that could not be finished has no list`() {
        let shelf = Shelf()
        shelf.refused = "index.html"
        #expect(throws: Refusal.self) {
            try ReportFolder(store: shelf.store).write(Sample.run, environment: Self.environment, exitStatus: 1)
        }
        #expect(!shelf.files.contains { $0.path == "done.json" })
    }

    @Test func `The same run gives the same files`() throws {
        let (first, second) = (Shelf(), Shelf())
        for shelf in [first, second] {
            try ReportFolder(store: shelf.store).write(Sample.run, environment: Self.environment, exitStatus: 1)
        }
        #expect(first.files.map(\.bytes) == second.files.map(\.bytes))
    }

    @Test func `A folder of the file system is made on the way`() throws {
        let folder = URL.temporaryDirectory.appending(path: "parley-\(UUID().uuidString)/reports/x")
        defer { try? FileManager.default.removeItem(at: folder) }
        try ReportFolder(at: folder.path()).write(Sample.run, environment: Self.environment, exitStatus: 0)
        let run = try RunFile.run(in: Array(Data(contentsOf: folder.appending(path: "run.json"))))
        let isSame = run == Sample.run
        #expect(isSame)
        let ladder = folder.appending(path: "cases/IM-2.0-int-101/ladder.txt").path()
        #expect(FileManager.default.fileExists(atPath: ladder))
    }

    @Test(.enabled(if: sampleFolder != nil, "PARLEY_SAMPLE_FOLDER names no folder to look at the sample in"))
    func `The sample can be looked at`() throws {
        try ReportFolder(at: try #require(Self.sampleFolder)).write(
            Sample.run, environment: Self.environment, exitStatus: 1)
    }

    private static let sampleFolder = ProcessInfo.processInfo.environment["PARLEY_SAMPLE_FOLDER"]

    @Test func `No id of a case leads out of the folder`() {
        var result = Sample.passed
        result.testCase.id = "../../etc/passwd"
        #expect(result.folder == "cases/_.._.._etc_passwd")
    }

    @Test func `The environment that is written and read is the same`() throws {
        #expect(try RunEnvironment(parsing: Self.environment.bytes) == Self.environment)
        #expect(throws: RunFileError.self) { try RunEnvironment(parsing: Array("{}".utf8)) }
    }

    @Test(arguments: [
        (["parley", "run", "simple-im/int/*"], "parley run 'simple-im/int/*'"), (["a b", ""], "'a b' ''"),
        (["it's"], #"'it'\''s'"#), (["--set=a=b", "x@y:1"], "--set=a=b x@y:1"),
    ])
    func `The command can be pasted into a shell`(words: [String], text: String) {
        #expect(RunEnvironment(tool: "parley", command: words).shellCommand == text)
    }
}
