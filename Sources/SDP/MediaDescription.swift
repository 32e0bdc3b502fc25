/// An `m=` line and the lines that belong to it.
///
/// RFC 4566 §5.14
package struct MediaDescription: Sendable, Equatable {
    package var kind: String
    /// The port, or 0 for a stream that is refused or closed.
    package var port: UInt16
    /// The transport as written, such as `TCP/MSRP`.
    package var transport: String
    package var formats: [String]
    package var connection: Connection?
    package var attributes: [Attribute]
    /// Lines that mean nothing here, in their order.
    package var otherLines: [Line]

    package init(
        kind: String, port: UInt16, transport: String, formats: [String], connection: Connection? = nil,
        attributes: [Attribute] = [], otherLines: [Line] = []
    ) {
        self.kind = kind
        self.port = port
        self.transport = transport
        self.formats = formats
        self.connection = connection
        self.attributes = attributes
        self.otherLines = otherLines
    }

    /// The line of a message session, over TLS where the path begins with a URI of the scheme msrps.
    ///
    /// RFC 4975 §8 and §8.1
    package static func msrp(
        port: UInt16, path: [String], acceptTypes: [String], acceptWrappedTypes: [String] = [], maxSize: Int? = nil,
        direction: Direction? = nil, attributes: [Attribute] = []
    ) -> MediaDescription {
        var own: [Attribute] = []
        if let direction { own.append(Attribute(direction.rawValue)) }
        own.append(Attribute("accept-types", acceptTypes.joined(separator: " ")))
        if !acceptWrappedTypes.isEmpty {
            own.append(Attribute("accept-wrapped-types", acceptWrappedTypes.joined(separator: " ")))
        }
        if let maxSize { own.append(Attribute("max-size", String(maxSize))) }
        own.append(Attribute("path", path.joined(separator: " ")))
        let isSecure = path.first?.lowercased().hasPrefix("msrps:") == true
        return MediaDescription(
            kind: "message", port: port, transport: isSecure ? "TCP/TLS/MSRP" : "TCP/MSRP", formats: ["*"],
            attributes: own + attributes)
    }

    package func value(_ name: String) -> String? { attributes.first(name)?.value }

    /// Whether the line is of a message session, over TLS or not.
    package var isMSRP: Bool {
        kind == "message" && ["TCP/MSRP", "TCP/TLS/MSRP"].contains(transport.uppercased())
    }

    /// Whether the line is of a session over TLS.
    ///
    /// RFC 4975 §8.1
    package var isSecure: Bool { transport.uppercased().contains("/TLS/") }

    package var isRefused: Bool { port == 0 }

    /// The direction that the line itself has, if any.
    package var ownDirection: Direction? { Direction(in: attributes) }
}
