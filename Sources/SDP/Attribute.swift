/// An `a=` line: a property, or a name with a value.
///
/// RFC 4566 §5.13
package struct Attribute: Sendable, Equatable, CustomStringConvertible {
    package var name: String
    package var value: String?

    package init(_ name: String, _ value: String? = nil) {
        self.name = name
        self.value = value
    }

    package init(parsing text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        name = String(parts[0])
        value = parts.count == 2 ? String(parts[1]) : nil
    }

    package var description: String { value.map { "\(name):\($0)" } ?? name }
}

extension [Attribute] {
    /// The first attribute with this name; names of attributes are case-sensitive.
    package func first(_ name: String) -> Attribute? { first { $0.name == name } }
}

/// Which way media flow, as the party sees it that says so.
///
/// RFC 4566 §6, RFC 3264 §5.1
package enum Direction: String, Sendable, CaseIterable {
    case sendReceive = "sendrecv"
    case sendOnly = "sendonly"
    case receiveOnly = "recvonly"
    case inactive

    package init?(in attributes: [Attribute]) {
        let directions = attributes.compactMap { $0.value == nil ? Direction(rawValue: $0.name) : nil }
        guard let first = directions.first else { return nil }
        self = first
    }

    /// The widest direction with which the other party may answer.
    ///
    /// RFC 3264 §6.1
    package var mirrored: Direction {
        switch self {
        case .sendReceive: .sendReceive
        case .sendOnly: .receiveOnly
        case .receiveOnly: .sendOnly
        case .inactive: .inactive
        }
    }

    /// Whether an answer may have this direction when the offer has that one.
    package func mayAnswer(_ offered: Direction) -> Bool {
        switch offered {
        case .sendReceive: true
        case .sendOnly: self == .receiveOnly || self == .inactive
        case .receiveOnly: self == .sendOnly || self == .inactive
        case .inactive: self == .inactive
        }
    }
}
