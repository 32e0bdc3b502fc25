/// A document as it was written last, and the name of that version.
///
/// RFC 4825 §8.5
struct StoredDocument: Equatable, Sendable {
    let content: [UInt8]
    let entityTag: String
}
