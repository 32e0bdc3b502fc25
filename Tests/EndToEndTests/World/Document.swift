import Foundation
import TestSupport

/// A text of the project, and the commands that it shows in blocks marked `sh`.
struct Document {
    struct Command {
        var text: String
        /// What the document says that the command exits with, in a comment; 0 where it says nothing.
        var status: Int32
    }

    let text: String

    init(_ file: String) throws {
        text = try String(contentsOf: ProjectFiles.root.appending(path: file), encoding: .utf8)
    }

    var commands: [Command] {
        text.matches(of: #/(?ms)^```sh\n(.*?)^```$/#).flatMap { match in
            match.1.replacing("\\\n", with: " ").split(separator: "\n").map { line in
                let status = line.firstMatch(of: /# exit status (\d+)/).flatMap { Int32($0.1) }
                return Command(text: String(line), status: status ?? 0)
            }
        }
    }

    /// The blocks of code in this language.
    func code(in language: String) -> [String] {
        text.matches(of: #/(?ms)^```(\w+)\n(.*?)^```$/#).filter { $0.1 == language }.map { String($0.2) }
    }

    /// What each target may import, as the text draws it: an arrow, and further names on lines without one.
    var picture: [String: Set<String>] {
        var picture: [String: Set<String>] = [:]
        var target: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let words = line.split(separator: " ").map(String.init)
            if line.hasPrefix("    "), words.count > 1, words[1] == "─▶" {
                target = words[0]
                picture[words[0]] = Set(words.dropFirst(2))
            } else if line.hasPrefix("        "), let target {
                picture[target]?.formUnion(words)
            } else {
                target = nil
            }
        }
        return picture
    }
}
