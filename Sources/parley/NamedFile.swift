import Conformance
import Foundation

/// A file that an option or the description of a system names.
struct NamedFile {
    let path: String
    /// What names it: an option, or a key of the description with its place.
    let source: String

    init(_ path: String, namedBy source: String) {
        self.path = path
        self.source = source
    }

    /// What it holds.
    ///
    /// - Parameter role: What the file is, before the words that it cannot be read.
    /// - Returns: Its bytes.
    /// - Throws: Why it cannot be read, what names it, and from where its path counts.
    func contents(_ role: String) throws(UsageError) -> Data {
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            let reason = error.reason
            let sentence = reason.hasSuffix(".") ? reason : "\(reason)."
            let folder = FileManager.default.currentDirectoryPath
            let origin =
                path.hasPrefix("/") ? "." : "; paths count from the folder in which parley was started, “\(folder)”."
            throw UsageError(input: "\(role) cannot be read: \(sentence) It is named by \(source)\(origin)")
        }
    }
}

extension SystemProfile.TLS {
    /// The file under a key of the description, or of the option that stands for it.
    func file(_ path: String, under key: String) -> NamedFile {
        NamedFile(path, namedBy: positions[key].map { "“\(key)” (\($0))" } ?? "--tls-\(key)")
    }
}
