import MessageBodies
import SIPSyntax

/// A conference as its participant knows it from the signalling of the session.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.3 and §7.1.1.4
struct Conference: Sendable, Equatable {
    /// The IM Session Identity: the URI in the Contact of the focus.
    let identity: String
    /// The IM Group Identity of a pre-defined conference.
    let group: String?

    /// The conference that an INVITE of a focus invites to.
    ///
    /// §7.2.2.1 (4, 5): the focus asserts the group of a pre-defined conference, and names the inviter apart from it.
    ///
    /// - Returns: nil when the INVITE is not of a focus.
    init?(invitedBy request: SIPMessage) {
        guard let contact = try? request.contact(), contact.isFocus else { return nil }
        let inviter = (try? request.referredBy())??.uri
        let asserted = request.originator
        self.init(identity: contact.uri, group: inviter == nil || inviter == asserted ? nil : asserted)
    }

    init(identity: String, group: String?) {
        self.identity = identity
        self.group = group
    }

    /// The address of everybody in the conference, by which its state also goes.
    ///
    /// §7.1.3.2.1 (2), §7.2.2.10
    func address(accordingTo roster: ConferenceRoster?) -> String {
        let entity = roster?.entity
        return [group, identity].compactMap(\.self).first { $0 == entity } ?? group ?? identity
    }
}

extension NameAddress {
    /// Whether the address says that it is that of a focus.
    ///
    /// RFC 3840 §10.18, RFC 4579 §4.2
    var isFocus: Bool { parameters.first("isfocus") != nil }
}
