import Foundation
import TestSupport
import Testing

/// What README and the guides tell the reader to type does what they say.
@Suite(.serialized)
struct DocumentationTests {
    struct Line: CustomTestStringConvertible, Sendable {
        var file: String
        var command: String
        /// Whether the text says that the command shows a failure.
        var fails: Bool

        var testDescription: String { "\(file): \(command)" }
    }

    static let files = [
        "README.md", "docs/judging-captures.md", "docs/gating-a-release.md", "docs/results.md",
        "docs/scenario-language.md", "reports/README.md",
    ]

    /// The lines of the blocks marked `sh` and `sh-fails`, in the order in which a reader meets them.
    static func lines() throws -> [Line] {
        var lines: [Line] = []
        for file in files {
            let text = try String(contentsOf: ProjectFiles.root.appending(path: file), encoding: .utf8)
            var block: String?
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                if line.hasPrefix("```") {
                    block = block == nil ? String(line.dropFirst(3)) : nil
                } else if let block, block == "sh" || block == "sh-fails", !line.isEmpty {
                    lines.append(Line(file: file, command: String(line), fails: block == "sh-fails"))
                }
            }
        }
        return lines
    }

    @Test func `Every command of the documents does what they say`() throws {
        let workplace = try Workplace()
        let lines = try Self.lines()
        #expect(lines.count >= 10)
        for line in lines {
            let outcome = try workplace.shell(line.command)
            #expect(
                (outcome.status == 1) == line.fails && (line.fails || outcome.status == 0),
                "\(line): \(outcome.status) \(outcome.output) \(outcome.complaints)")
        }
    }

    @Test func `The two set-up commands exist, and call what they need`() throws {
        for target in ["run", "test"] {
            let outcome = try Program("/usr/bin/make", ["-n", target], in: ProjectFiles.root).finish()
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("scripts/setup run"))
        }
    }

    @Test func `Every link of the documents leads somewhere`() throws {
        for file in Self.files + ["docs/design.md", "CONTRIBUTING.md"] {
            let text = try String(contentsOf: ProjectFiles.root.appending(path: file), encoding: .utf8)
            let folder = ProjectFiles.root.appending(path: file).deletingLastPathComponent()
            for match in text.matches(of: /\]\(([^)#:]+)\)/) {
                let target = folder.appending(path: String(match.1)).standardizedFileURL
                #expect(FileManager.default.fileExists(atPath: target.path), "\(file) links to \(match.1)")
            }
        }
    }
}
