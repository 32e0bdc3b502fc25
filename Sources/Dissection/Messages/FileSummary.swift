import Cryptography
import SDP

/// What a media line says of the file that it is for.
///
/// RFC 5547 §6
package struct FileSummary: Sendable, Hashable {
    /// A digest by the name of its algorithm, in small letters.
    package struct Digest: Sendable, Hashable {
        package var algorithm: String
        package var bytes: [UInt8]
    }

    package var transferID: String?
    /// The selector as written.
    package var selector: String?
    /// Whether the selector is one by the grammar.
    package var isReadable: Bool
    package var name: String?
    package var type: String?
    package var size: Int?
    package var digests: [Digest]
}

extension FileSummary {
    init?(_ media: MediaDescription) {
        let selector = media.value("file-selector")
        guard selector != nil || media.fileTransferID != nil else { return nil }
        let read = media.fileSelector
        self.init(
            transferID: media.fileTransferID, selector: selector, isReadable: selector == nil || read != nil,
            name: read?.name, type: read?.type, size: read?.size,
            digests: (read?.hashes ?? []).map { Digest(algorithm: $0.algorithm.lowercased(), bytes: $0.bytes) })
    }
}

extension FileSummary.Digest {
    /// Whether it is the digest of these bytes, or nil where the algorithm is not known here.
    package func matches(_ content: [UInt8]) -> Bool? {
        let algorithms = Cryptography.Digest.Algorithm.allCases
        guard let known = algorithms.first(where: { $0.rawValue.lowercased() == algorithm }) else { return nil }
        return Cryptography.Digest(known, of: content).bytes == bytes
    }
}
