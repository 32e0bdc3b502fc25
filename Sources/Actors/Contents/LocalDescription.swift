import Network
import SDP

/// What this client says about a session that stays as it begins.
///
/// RFC 4566 §5
struct LocalDescription: Sendable {
    private let origin: Origin
    private let attributes: [Attribute]

    init(_ profile: IMClient.Profile, identifiers: inout Identifiers) {
        attributes = profile.descriptionAttributes
        let number = identifiers.sessionNumber()
        origin = Origin(
            sessionID: number, sessionVersion: number, address: Connection(host: profile.address.description))
    }

    func description(_ media: [MediaDescription]) -> SessionDescription {
        SessionDescription(origin: origin, connection: origin.address, attributes: attributes, media: media)
    }
}
