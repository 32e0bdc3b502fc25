import SDP
import SIPDialogs
import SIPSyntax

/// Invitations to whoever a destination stands for.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.2 to §7.1.1.4 and §9.1.1.2 (2 to 4)
extension ClientFields {
    /// An INVITE that offers contents to one user, to the users of a list by way of the factory, or to a group.
    func invitation(
        to destination: Destination, offering description: SessionDescription, profile: IMClient.Profile,
        identifiers: inout Identifiers
    ) -> SIPMessage {
        let uri = destination.requestURI(at: profile.services)
        var request = initialRequest(.invite, to: uri, callID: identifiers.callID(), tag: identifiers.tag())
        address(&request)
        invite(&request, policy: profile.sessionTimerPolicy)
        request.set(description)
        if case .users(let uris) = destination { request.add(recipients: uris, boundary: identifiers.token()) }
        return request
    }
}

extension Destination {
    fileprivate func requestURI(at services: Services) -> String {
        switch self {
        case .user(let uri), .group(let uri): uri
        case .users: services.conferenceFactory
        }
    }

    /// What the wrapper of a message to it names as To, given the Contact of the 2xx to the INVITE.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.3.2.1 (2, 3): the IM Group Identity, or the session identity of a list.
    func wrapperAddress(contact: String) -> String {
        switch self {
        case .user(let uri), .group(let uri): uri
        case .users: contact
        }
    }

    /// Whether contents go in a message/cpim wrapper where the peer leaves the choice.
    var wrapping: Wrapping {
        switch self {
        case .user: .none
        case .users, .group: .cpim
        }
    }
}
