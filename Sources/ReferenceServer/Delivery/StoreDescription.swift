import MSRP
import Network
import SDP

/// The descriptions of sessions that the server has with a user about what it keeps.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.1, §12.2.2.2 and §13.2.1: in one direction only
struct StoreDescription {
    let uri: MSRPURI
    let place: MediaPlace
    let sessionID: String
    /// What the server does.
    let direction: Direction
    /// The types of the messages.
    let types: [String]
    var maximumSize: Int?

    /// The types in which messages are handed over.
    static let delivered = ["multipart/mixed", "message/sip", "message/sipfrag", "message/msrp"]

    /// The description that offers a session.
    var offer: SessionDescription { description([media(accepting: types)]) }

    /// What a user would have to offer.
    ///
    /// RFC 3264 §9: with port 0, because it says only what can be done
    var mirrored: SessionDescription {
        var line = MediaDescription(
            kind: "message", port: 0, transport: place.certificate == nil ? "TCP/MSRP" : "TCP/TLS/MSRP", formats: ["*"],
            attributes: [
                Attribute(direction.mirrored.rawValue), Attribute("accept-types", types.joined(separator: " ")),
            ])
        if let maximumSize { line.attributes.append(Attribute("max-size", String(maximumSize))) }
        return description([line])
    }

    /// The answer to an offer; nil when none of its lines will do.
    ///
    /// RFC 3264 §6: lines that are of no use are refused.
    func answer(_ offer: SessionDescription) -> (description: SessionDescription, line: MediaDescription)? {
        guard let index = offer.media.firstIndex(where: { fits($0, of: offer) }) else { return nil }
        let line = offer.media[index]
        var lines = offer.media.map { line in
            MediaDescription(
                kind: line.kind, port: 0, transport: line.transport, formats: line.formats, attributes: [])
        }
        lines[index] = media(accepting: accepted(by: line))
        lines[index].transport = line.transport
        return (description(lines), line)
    }

    private func fits(_ line: MediaDescription, of offer: SessionDescription) -> Bool {
        line.canBeAnchored && !accepted(by: line).isEmpty && accepts(offer.direction(of: line))
    }

    /// The server wants to hear that the user only receives, and takes it that one who only sends says so.
    private func accepts(_ offered: Direction) -> Bool {
        switch (direction, offered) {
        case (.sendOnly, .receiveOnly), (.receiveOnly, .sendOnly), (.receiveOnly, .sendReceive): true
        case (.sendOnly, _), (.receiveOnly, _), (.sendReceive, _), (.inactive, _): false
        }
    }

    /// The types that both sides know; where nothing is wanted in particular, all that are offered.
    private func accepted(by line: MediaDescription) -> [String] {
        types == ["*"] ? line.acceptTypes : types.filter { line.offers($0) }
    }

    private func media(accepting types: [String]) -> MediaDescription {
        .msrp(
            port: place.address.port, path: [uri.description], acceptTypes: types, maxSize: maximumSize,
            direction: direction)
    }

    private func description(_ media: [MediaDescription]) -> SessionDescription {
        let own = Connection(host: place.address.address.description)
        return SessionDescription(
            origin: Origin(sessionID: sessionID, sessionVersion: "1", address: own), connection: own,
            attributes: place.attributes, media: media)
    }
}
