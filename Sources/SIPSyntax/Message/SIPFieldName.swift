import Bytes

/// The name of a header field: its case does not count, and a compact form equals the long one.
///
/// RFC 3261 §7.3.1, §7.3.3
package struct SIPFieldName: Hashable, Sendable, CustomStringConvertible {
    private enum Storage: Sendable {
        case known(KnownField)
        case other(String)
    }

    private let storage: Storage

    init(_ known: KnownField) {
        storage = .known(known)
    }

    package init(_ spelling: String) {
        let bytes = Array(spelling.utf8)
        let known = KnownFieldTable.shared.field(spelled: bytes, in: 0..<bytes.count)
        storage = known.map { .known($0) } ?? .other(spelling)
    }

    init(unknown spelling: String) {
        storage = .other(spelling)
    }

    /// The long form as its RFC spells it; a name that is not known stays as it was given.
    package var name: String {
        switch storage {
        case .known(let field): field.rawValue
        case .other(let spelling): spelling
        }
    }

    package var description: String { name }

    var known: KnownField? {
        switch storage {
        case .known(let field): field
        case .other: nil
        }
    }

    package static func == (first: Self, second: Self) -> Bool {
        switch (first.storage, second.storage) {
        case (.known(let first), .known(let second)): first == second
        case (.other(let first), .other(let second)): first.isEqualIgnoringCase(second)
        case (.known, .other), (.other, .known): false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch storage {
        case .known(let field): hasher.combine(field)
        case .other(let spelling): for byte in spelling.utf8 { hasher.combine(byte.lowercased) }
        }
    }
}
