import MSRP
import Network
import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

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

/// What the server has towards one party of a session: a dialog, a session timer, and the place where messages go.
struct SessionLeg {
    /// The Contact of the server in this dialog.
    let contact: String
    /// The path of the server in the session that it has with this party.
    let mediaURI: MSRPURI
    /// The session-id of the server's descriptions.
    let descriptionID: String

    var dialog: Dialog?
    var timer: SessionTimer?

    /// The latest description that the server has sent to this party.
    private(set) var description: SessionDescription?
    private var descriptionVersion = 1

    init(contact: String, mediaURI: MSRPURI, descriptionID: String) {
        self.contact = contact
        self.mediaURI = mediaURI
        self.descriptionID = descriptionID
    }

    /// The description of the other party as this one gets it, in a new version when it says something new.
    ///
    /// RFC 3264 §8
    mutating func describe(_ theirs: SessionDescription, at address: SocketAddress) -> [UInt8] {
        func anchored() -> SessionDescription {
            let origin = Origin(
                sessionID: descriptionID, sessionVersion: String(descriptionVersion),
                address: Connection(host: address.address.description))
            return theirs.anchored(at: mediaURI, address, origin: origin)
        }
        if let description, anchored() != description { descriptionVersion += 1 }
        let own = anchored()
        description = own
        return own.serialized()
    }
}
