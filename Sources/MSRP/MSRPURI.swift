import Bytes

/// The address of one end of a session, or of a relay on the way to it.
///
/// RFC 4975 §6
package struct MSRPURI: Hashable, Sendable, CustomStringConvertible {
    package struct Parameter: Hashable, Sendable {
        package var name: String
        package var value: String?

        package init(name: String, value: String? = nil) {
            self.name = name
            self.value = value
        }
    }

    /// Whether the scheme is `msrps`.
    package var isSecure: Bool
    package var user: String?
    /// The host as written, with the brackets of an IPv6 address.
    package var host: String
    package var port: UInt16?
    package var sessionID: String?
    package var transport: String
    package var parameters: [Parameter]

    package init(
        isSecure: Bool = false, user: String? = nil, host: String, port: UInt16?, sessionID: String?,
        transport: String = "tcp", parameters: [Parameter] = []
    ) {
        self.isSecure = isSecure
        self.user = user
        self.host = host
        self.port = port
        self.sessionID = sessionID
        self.transport = transport
        self.parameters = parameters
    }

    package var description: String {
        let authority = (user.map { "\($0)@" } ?? "") + host + (port.map { ":\($0)" } ?? "")
        let rest = parameters.map { ";\($0.name)" + ($0.value.map { "=\($0)" } ?? "") }.joined()
        return "\(isSecure ? "msrps" : "msrp")://\(authority)\(sessionID.map { "/\($0)" } ?? "");\(transport)\(rest)"
    }

    /// Whether both name the same end of the same session.
    ///
    /// Scheme, host and transport compare without letter case, the session-id with it; userinfo and parameters
    /// do not count; an absent port equals no explicit one (RFC 4975 §6.1).
    package func isEquivalent(to other: MSRPURI) -> Bool {
        isSecure == other.isSecure && host.lowercased() == other.host.lowercased() && port == other.port
            && sessionID == other.sessionID && transport.lowercased() == other.transport.lowercased()
    }
}
