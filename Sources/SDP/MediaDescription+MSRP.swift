/// The attributes of a message session.
///
/// RFC 4975 §8 and RFC 4145 §4
extension MediaDescription {
    /// How the parties agree on who opens the connection.
    ///
    /// RFC 4145 §4, used for MSRP by RFC 6135
    package enum Setup: String, Sendable, CaseIterable {
        case active
        case passive
        case activeOrPassive = "actpass"
        case holdConnection = "holdconn"
    }

    /// The URIs of `path`, the one to contact first.
    package var path: [String] { words("path") }

    package var acceptTypes: [String] { words("accept-types") }

    package var acceptWrappedTypes: [String] { words("accept-wrapped-types") }

    /// The longest message that the party wants to receive, in bytes.
    package var maxSize: Int? { value("max-size").flatMap { Int($0) } }

    package var setup: Setup? { value("setup").flatMap(Setup.init) }

    private func words(_ name: String) -> [String] {
        value(name)?.split(separator: " ").map(String.init) ?? []
    }
}
