import Cryptography
import HTTPSyntax

/// A document as it was written last, and the name of that version.
///
/// RFC 4825 §8.5: the same bytes have the same name, also in another life of the server.
struct StoredDocument: Equatable, Sendable {
    let content: [UInt8]
    let entityTag: EntityTag

    init(_ content: [UInt8]) {
        self.content = content
        entityTag = EntityTag(String(Digest(.sha256, of: content).hexadecimal.prefix(32)))
    }
}
