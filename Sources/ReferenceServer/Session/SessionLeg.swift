import MSRP
import Network
import SDP

/// One of the two parties of a session.
enum Side: String, Hashable, CaseIterable, Sendable {
    /// The one who invites.
    case caller
    /// The one who is invited.
    case callee

    var other: Side {
        switch self {
        case .caller: .callee
        case .callee: .caller
        }
    }
}

/// What the server has towards one party of a session: a Contact, and the places where messages go.
struct SessionLeg {
    /// The Contact of the server in this dialog.
    let contact: String
    /// The path of the server in the first session that it has with this party.
    let mediaURI: MSRPURI
    /// The session-id of the server's descriptions.
    let descriptionID: String

    /// The latest description that the server has made for this party.
    private(set) var description: SessionDescription?
    private var descriptionVersion = 1

    init(contact: String, mediaURI: MSRPURI, descriptionID: String) {
        self.contact = contact
        self.mediaURI = mediaURI
        self.descriptionID = descriptionID
    }

    /// The path of the server in the session of one media line.
    func mediaURI(ofLine line: Int) -> MSRPURI {
        guard line > 0 else { return mediaURI }
        var uri = mediaURI
        uri.sessionID = mediaURI.sessionID.map { "\($0)-\(line)" }
        return uri
    }

    /// The description of the other party as this one gets it, in a new version when it says something new.
    ///
    /// RFC 3264 §8
    mutating func describe(_ theirs: SessionDescription, at place: MediaPlace) -> [UInt8] {
        func anchored() -> SessionDescription {
            let origin = Origin(
                sessionID: descriptionID, sessionVersion: String(descriptionVersion),
                address: Connection(host: place.address.address.description))
            return theirs.anchored(at: mediaURI(ofLine:), place, origin: origin)
        }
        if let description, anchored() != description { descriptionVersion += 1 }
        let own = anchored()
        description = own
        return own.serialized()
    }
}
