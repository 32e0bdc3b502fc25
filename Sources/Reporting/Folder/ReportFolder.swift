package import Conformance
import FoundationEssentials
import Parallelism

/// The folder of a run, `reports/<run id>`: every report of it, and the evidence.
package struct ReportFolder {
    /// A file that comes with the run, such as a capture; the path is relative to the folder.
    package struct Attachment: Sendable {
        package var path: String
        package var bytes: [UInt8]

        package init(path: String, bytes: [UInt8]) {
            self.path = path
            self.bytes = bytes
        }
    }

    private let store: (_ path: String, _ bytes: [UInt8]) throws -> Void

    /// A folder whose files are stored by the closure, which creates the folders on the way.
    package init(store: @escaping (_ path: String, _ bytes: [UInt8]) throws -> Void) {
        self.store = store
    }

    /// A folder of the file system, created when the first file is written.
    package init(at folder: String) {
        self.init { path, bytes in
            let file = URL(filePath: folder, directoryHint: .isDirectory).appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            // Waiting for the disk is worth it once, for the list that vouches for all other files.
            try Data(bytes).write(to: file, options: path == "done.json" ? .atomic : [])
        }
    }

    /// Writes every report of the run and what comes with it, and the list of them last.
    ///
    /// The list begins with what has been stored in the folder before, such as captures.
    package func write(
        _ run: RunResult, environment: RunEnvironment, exitStatus: Int, attachments: [Attachment] = [],
        stored: [Completion.File] = []
    ) throws {
        var files = stored
        func add(_ path: String, _ bytes: [UInt8]) throws {
            try store(path, bytes)
            files.append(Completion.File(path: path, bytes: bytes))
        }
        for attachment in attachments { try add(attachment.path, attachment.bytes) }
        var reports: [(path: String, bytes: @Sendable () -> [UInt8])] = [
            ("run.json", { RunFile.bytes(of: run) }),
            ("environment.json", { environment.bytes }),
            ("junit.xml", { JUnitReport(run).bytes }),
            ("index.html", { HTMLReport(run, environment: environment).bytes }),
            ("summary.md", { MarkdownSummary(run, environment: environment).bytes }),
        ]
        for result in run.cases where !result.messages.isEmpty {
            reports.append(("\(result.folder)/ladder.txt", { LadderText(result).bytes }))
        }
        let written = reports.concurrentMap { (path: $0.path, bytes: $0.bytes()) }
        for report in written { try add(report.path, report.bytes) }
        try store("done.json", Completion(run, exitStatus: exitStatus, files: files).bytes)
    }
}
