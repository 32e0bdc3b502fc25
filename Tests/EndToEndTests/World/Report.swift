import Conformance
import Foundation
import Network
import Reporting

/// A report that the program has written, read back.
struct Report: Sendable {
    let folder: URL
    let run: RunResult

    init(_ folder: URL) throws {
        self.folder = folder
        run = try RunFile.run(in: Array(Data(contentsOf: folder.appending(path: "run.json"))))
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    func text(_ name: String) throws -> String { try String(contentsOf: folder.appending(path: name), encoding: .utf8) }

    func bytes(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: folder.appending(path: name))) }

    /// What `done.json` says.
    var completion: Completion {
        get throws { try JSONDecoder().decode(Completion.self, from: Data(bytes("done.json"))) }
    }

    struct Completion: Decodable {
        struct File: Decodable {
            var path: String
            var size: Int
            var sha256: String
        }

        var exitStatus: Int
        var isPartial: Bool
        var files: [File]
    }

    /// Every file in the folder, by its path.
    var files: [String] {
        get throws {
            try FileManager.default.subpathsOfDirectory(atPath: folder.resolvingSymlinksInPath().path).filter { path in
                var isDirectory: ObjCBool = false
                return FileManager.default.fileExists(atPath: self.path(path), isDirectory: &isDirectory)
                    && !isDirectory.boolValue
            }.sorted()
        }
    }

    /// The verdicts of the cases, such as `IM-2.0-int-101 pass pass`.
    var verdicts: [String] {
        run.cases.map { "\($0.testCase.id) \($0.interop.word) \($0.conformance.word)" }
    }
}

extension Report {
    /// The captures of the cases, by their paths.
    var captures: [String] { run.cases.compactMap(\.capture).map(path) }

    /// What every check of every case came to, without the addresses that differ from worker to worker.
    var judgments: [String] {
        run.cases.flatMap { result in
            result.findings.map { finding in
                [result.testCase.id, finding.check, finding.verdict.word, finding.party?.description ?? ""]
                    .joined(separator: " ")
            }
        }
    }

    /// What the run is apart from its id and its times.
    var timeless: RunResult {
        var run = run
        (run.id, run.started, run.elapsed) = ("", Instant(nanoseconds: 0), .zero)
        return run
    }
}
