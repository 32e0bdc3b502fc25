/// What one party says about a session: who it is, where it can be reached and which media it offers.
///
/// RFC 4566 §5
package struct SessionDescription: Sendable, Equatable {
    package var origin: Origin
    package var sessionName: String
    /// The `c=` line that media without one of their own go by.
    package var connection: Connection?
    package var timing: String
    package var attributes: [Attribute]
    package var media: [MediaDescription]
    /// Lines of the session that mean nothing here (`i=`, `b=`, further `t=`, unknown ones), in the order of the grammar.
    package var otherLines: [Line]

    package init(
        origin: Origin, sessionName: String = "-", connection: Connection?, timing: String = "0 0",
        attributes: [Attribute] = [], media: [MediaDescription] = [], otherLines: [Line] = []
    ) {
        self.origin = origin
        self.sessionName = sessionName
        self.connection = connection
        self.timing = timing
        self.attributes = attributes
        self.media = media
        self.otherLines = otherLines
    }

    /// The direction that holds for a media line, which defaults to that of the session and to both ways.
    ///
    /// RFC 3264 §5.1
    package func direction(of media: MediaDescription) -> Direction {
        media.ownDirection ?? Direction(in: attributes) ?? .sendReceive
    }

    /// The `c=` line that holds for a media line.
    package func connection(of media: MediaDescription) -> Connection? { media.connection ?? connection }
}

/// The `o=` line.
///
/// RFC 4566 §5.2
package struct Origin: Sendable, Equatable, CustomStringConvertible {
    package var username: String
    package var sessionID: String
    package var sessionVersion: String
    package var address: Connection

    package init(username: String = "-", sessionID: String, sessionVersion: String, address: Connection) {
        self.username = username
        self.sessionID = sessionID
        self.sessionVersion = sessionVersion
        self.address = address
    }

    /// The origin that the value of the line writes.
    ///
    /// - Returns: nil unless it has six parts.
    package init?(_ value: String) {
        let parts = value.split(separator: " ").map(String.init)
        guard parts.count == 6, let address = Connection(parts[3...5].joined(separator: " ")) else { return nil }
        self.init(username: parts[0], sessionID: parts[1], sessionVersion: parts[2], address: address)
    }

    package var description: String { "\(username) \(sessionID) \(sessionVersion) \(address)" }

    /// Whether both are of the same session, in whatever version.
    package func isSameSession(as other: Origin) -> Bool {
        username == other.username && sessionID == other.sessionID && address == other.address
    }
}

/// The `c=` line, or the same three words in an `o=` line.
///
/// RFC 4566 §5.7
package struct Connection: Sendable, Equatable, CustomStringConvertible {
    package var networkType: String
    package var addressType: String
    package var host: String

    package init(networkType: String = "IN", addressType: String, host: String) {
        self.networkType = networkType
        self.addressType = addressType
        self.host = host
    }

    /// The connection to an address, IPv6 when it has a colon.
    package init(host: String) {
        self.init(addressType: host.contains(":") ? "IP6" : "IP4", host: host)
    }

    /// The connection that the value of the line writes.
    ///
    /// - Returns: nil unless it has three parts.
    package init?(_ value: String) {
        let parts = value.split(separator: " ").map(String.init)
        guard parts.count == 3 else { return nil }
        self.init(networkType: parts[0], addressType: parts[1], host: parts[2])
    }

    package var description: String { "\(networkType) \(addressType) \(host)" }
}

/// A line that is kept without being understood.
package struct Line: Sendable, Equatable {
    package var type: Character
    package var value: String

    package init(_ type: Character, _ value: String) {
        self.type = type
        self.value = value
    }
}
