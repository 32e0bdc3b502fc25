import Foundation

extension SystemFolder {
    /// The folder of a system of that name, whether or not it is there.
    static func path(of name: String) throws(UsageError) -> String {
        let allowed = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        guard !name.isEmpty, allowed, name.first != "." else {
            throw UsageError("A name of a system is letters, digits, “-”, “_” and “.”, not “\(name)”.")
        }
        return "\(home)/\(name)"
    }

    /// Writes files to begin with, none of which may be there.
    static func write(_ files: [(path: String, text: String)]) throws {
        if let existing = files.first(where: { FileManager.default.fileExists(atPath: $0.path) }) {
            throw UsageError(input: "“\(existing.path)” is there already; change it, or choose another name.")
        }
        for file in files {
            let url = URL(fileURLWithPath: file.path)
            do {
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(file.text.utf8).write(to: url)
            } catch {
                throw HarnessError("“\(file.path)” cannot be written: \(error.reason)")
            }
        }
    }
}
