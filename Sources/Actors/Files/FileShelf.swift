import Conformance
import Cryptography
import SDP

/// The files that a client can give to who asks for them: those that it has offered.
///
/// RFC 5547 §8.2.2 and §8.5
struct FileShelf: Sendable {
    /// How many files are kept.
    static let capacity = 100

    private var files: [(content: MediaContent, selector: FileSelector)] = []

    mutating func add(_ contents: [MediaContent]) {
        for content in contents where !files.contains(where: { $0.content == content }) {
            files.append((content, FileSelector(of: content)))
        }
        files.removeFirst(max(0, files.count - Self.capacity))
    }

    /// The file that everything in the selector is true of, where it says enough to be about one.
    func content(selectedBy selector: FileSelector) -> MediaContent? {
        guard selector.type != nil || selector.size != nil || !selector.hashes.isEmpty else { return nil }
        return files.first { $0.selector.satisfies(selector) }?.content
    }
}

extension FileSelector {
    /// Everything that identifies the file.
    ///
    /// RFC 5547 §8.2.1
    init(of content: MediaContent) {
        let bytes = content.bytes
        self.init(
            name: content.name, type: content.type, size: bytes.count,
            hashes: [Hash(algorithm: "sha-1", bytes: Digest(.sha1, of: bytes).bytes)])
    }

    /// Whether all that is selected is true of this file; hashes of other algorithms cannot be compared.
    fileprivate func satisfies(_ selected: FileSelector) -> Bool {
        let comparable = selected.hashes.filter { $0.algorithm.lowercased() == "sha-1" }
        return (selected.name ?? name) == name
            && (selected.type ?? type)?.lowercased() == type?.lowercased()
            && (selected.size ?? size) == size
            && comparable.allSatisfy { $0.bytes == hashes.first?.bytes }
    }
}
