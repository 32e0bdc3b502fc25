import SIPSyntax

/// Where an INVITE goes and what it asks for there.
enum Invitation: Sendable {
    /// §7.1.1.2
    case user(String)
    /// A conference of the users whose URIs the list has, by way of the factory.
    ///
    /// §7.1.1.3 and §7.1.1.6
    case list([String], factory: String)
    /// The conference of a pre-defined group, or a chat room.
    ///
    /// §7.1.1.4 and §7.1.1.10
    case group(String)
    /// A conference in which this side has been before.
    ///
    /// §7.1.1.9
    case conference(Conference)

    var requestURI: String {
        switch self {
        case .user(let uri), .list(_, factory: let uri), .group(let uri): uri
        case .conference(let conference): conference.identity
        }
    }

    /// Whom the session is with, in one URI.
    var peer: String {
        switch self {
        case .user(let uri), .group(let uri): uri
        case .list(let uris, factory: let factory): uris.first ?? factory
        case .conference(let conference): conference.identity
        }
    }

    /// How the texts of the session go: in wrappers wherever a focus passes them on.
    ///
    /// §7.1.1.3 (5)
    var wrapping: Wrapping {
        switch self {
        case .user: .none
        case .list, .group, .conference: .cpim
        }
    }

    /// The conference that a 2xx lets this side into; nil where it is the answer of a user.
    ///
    /// §7.1.1.3: the Contact is the IM Session Identity.
    func conference(acceptedBy response: SIPMessage) -> Conference? {
        guard let contact = try? response.contact() else { return nil }
        switch self {
        case .user: return contact.isFocus ? Conference(identity: contact.uri, group: nil) : nil
        case .list: return Conference(identity: contact.uri, group: nil)
        case .group(let group): return Conference(identity: contact.uri, group: group)
        case .conference(let conference): return Conference(identity: contact.uri, group: conference.group)
        }
    }
}
